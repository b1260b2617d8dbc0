// Companions: one more, one fewer, without a round trip to the server.

/** One more person at the end; returns its fieldset, or null when there are as many as one form may hold. */
export function addPerson(form) {
  const place = form.querySelector("[data-people]");
  const count = place.children.length;
  if (count >= Number(form.dataset.most)) return null;
  const made = form.querySelector("template[data-blank]").content.firstElementChild.cloneNode(true);
  for (const each of [made, ...made.querySelectorAll("*")]) {
    for (const { name, value } of [...each.attributes]) {
      if (value.includes("__n__")) each.setAttribute(name, value.replaceAll("__n__", count));
    }
  }
  made.querySelector("[data-place]").textContent = count;
  place.append(made);
  form.elements.people.value = count + 1;
  return made;
}

/** Person ``number`` goes: those behind move up by their values, and the last fieldset is taken away. */
export function dropPerson(form, number) {
  const people = [...form.querySelector("[data-people]").children];
  for (let at = number; at < people.length - 1; at += 1) {
    for (const field of people[at].querySelectorAll("[name^='people.']")) {
      field.value = form.elements[field.name.replace(`people.${at}.`, `people.${at + 1}.`)].value;
    }
  }
  people.at(-1).remove();
  form.elements.people.value = people.length - 1;
}
