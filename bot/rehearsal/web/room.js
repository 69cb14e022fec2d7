// On top of SimCord's page of a room: says so when the room was closed because another one was opened.
const POLL_MS = 2000;
const serial = Number(new URLSearchParams(location.search).get("n"));
const roomId = location.pathname.split("/").pop();

function link(address, words) {
  const made = document.createElement("a");
  made.href = address;
  made.textContent = words;
  return made;
}

function sayClosed(words) {
  if (document.getElementById("closed-room")) return;
  const note = document.createElement("div");
  note.id = "closed-room";
  note.setAttribute("role", "alert");
  const text = document.createElement("span");
  text.textContent = words;
  note.append(text, link(`/open/${roomId}`, "Open this room again"), link("/", "All rooms"));
  document.body.append(note);
}

async function watch() {
  try {
    const state = await (await fetch("/seminar/state", { cache: "no-store" })).json();
    if (!state.open || state.open.serial !== serial) {
      sayClosed(state.open
        ? `One room is open at a time, and now it is “${state.open.name}”.`
        : "This room has been closed.");
      return;
    }
  } catch {
    sayClosed("The classroom does not answer. Is “seminar play” still running?");
    return;
  }
  setTimeout(watch, POLL_MS);
}

watch();
