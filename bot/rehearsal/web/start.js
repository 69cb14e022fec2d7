// The start page: keeps the list of rooms current, and remembers who the visitor is.
const POLL_MS = 2000;
const who = document.getElementById("who");
const rooms = document.getElementById("rooms");
const classmates = document.getElementById("classmates");
const trouble = document.getElementById("trouble");
let shownRooms = "";
let switching = false;

function address(id) { return `/open/${id}?as=${encodeURIComponent(who.value)}`; }

function showPeople(people) {
  if (who.options.length) return;
  for (const person of people) who.add(new Option(person.name, person.id));
  const before = sessionStorage.getItem("who");
  if (people.some((person) => person.id === before)) who.value = before;
}

function roomItem(room) {
  const item = document.createElement("li");
  const link = document.createElement("a");
  const name = document.createElement("span");
  const count = document.createElement("span");
  name.textContent = room.thread ? room.name : `#${room.name}`;
  count.textContent = room.messages === 1 ? "1 message" : `${room.messages} messages`;
  count.className = "count";
  link.href = address(room.id);
  link.dataset.room = room.id;
  link.append(name, count);
  if (room.thread) item.className = "thread";
  item.append(link);
  return item;
}

function showRooms(list) {
  const now = JSON.stringify(list);
  if (now === shownRooms) return;
  shownRooms = now;
  const focused = document.activeElement?.dataset?.room;
  rooms.replaceChildren(...list.map(roomItem));
  if (focused) rooms.querySelector(`[data-room="${focused}"]`)?.focus();
}

async function look() {
  try {
    const answer = await fetch("/seminar/state", { cache: "no-store" });
    const state = await answer.json();
    trouble.hidden = true;
    showPeople(state.people);
    showRooms(state.rooms);
    if (!switching) classmates.checked = state.classmates;
    document.getElementById("database").textContent = state.database;
  } catch {
    trouble.hidden = false;
  }
}

async function watch() {
  await look();
  setTimeout(watch, POLL_MS);
}

who.addEventListener("change", () => {
  sessionStorage.setItem("who", who.value);
  for (const link of rooms.querySelectorAll("a")) link.href = address(link.dataset.room);
});

classmates.addEventListener("change", async () => {
  switching = true;
  try {
    await fetch("/seminar/classmates", {
      method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ on: classmates.checked }),
    });
  } catch {
    trouble.hidden = false;
  }
  switching = false;
});

watch();
