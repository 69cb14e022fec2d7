// On top of SimCord's page of a room: says so when the room was closed because another one was opened, and lets
// countdowns go on, which SimCord writes once for each state of a message.
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

// How much the clock of the classroom is ahead of this device's, in milliseconds.
let ahead = 0;
const RELATIVE = /^(in \d|now$|this |tomorrow|yesterday|next |last |\d+ \w+ ago)/;
const SECOND = 1, MINUTE = 60, HOUR = 3600, DAY = 86400;

function relative(seconds) {
  const size = Math.abs(seconds);
  const [unit, length] = size < MINUTE ? ["second", SECOND] : size < HOUR ? ["minute", MINUTE]
    : size < DAY ? ["hour", HOUR] : ["day", DAY];
  return new Intl.RelativeTimeFormat("en", { numeric: "auto" }).format(Math.round(seconds / length), unit);
}

function countDown() {
  for (const time of document.querySelectorAll("time.discord-timestamp[datetime]")) {
    if (!RELATIVE.test(time.textContent)) continue;
    const words = relative((Date.parse(time.dateTime) - Date.now() - ahead) / 1000);
    if (words === time.textContent) continue;
    time.setAttribute("aria-live", "off"); // a screen reader must not read out every second
    time.textContent = words;
  }
}

async function watch() {
  try {
    const state = await (await fetch("/seminar/state", { cache: "no-store" })).json();
    ahead = Date.parse(state.now) - Date.now();
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

setInterval(countDown, 1000);
watch();
