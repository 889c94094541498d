// The form of a human task, for browsers with script: boxes on a picture, tables, recordings. Without it the same fields are text and files.
// Nothing leaves the page but the form itself; what is edited here is written back into the form's own fields.
"use strict";
(() => {
  const form = document.querySelector("form[data-words]");
  if (!form) return;
  const words = JSON.parse(form.dataset.words);
  const svgName = "http://www.w3.org/2000/svg";

  function make(name, attributes, ...children) {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes || {})) {
      if (key === "text") element.textContent = value;
      else if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
      else element.setAttribute(key, value);
    }
    element.append(...children);
    return element;
  }

  function choose(options, value, attributes) {
    const select = make("select", attributes);
    if (!options.includes(value)) select.append(make("option", { value: value, text: value }));
    for (const option of options) select.append(make("option", { value: option, text: option }));
    select.value = value;
    return select;
  }

  // Boxes: drag one to move it, its corners to resize it, the empty picture to add one. Keys: arrows move, with Alt they resize, Shift makes steps of ten, Delete removes.
  function editBoxes(host) {
    const width = Number(host.dataset.width), height = Number(host.dataset.height), labels = JSON.parse(host.dataset.labels), countMax = Number(host.dataset.count);
    const field = host.querySelector("textarea"), svg = host.querySelector("svg");
    let boxes = JSON.parse(host.dataset.boxes), shapes = [], rows = [], drag = null;
    svg.querySelectorAll(".box, .box-name").forEach((shape) => shape.remove());
    host.querySelector(".plain").hidden = true;
    const body = make("tbody"), heads = [words.label, "x", "y", words.width, words.height, ""];
    const table = make("table", { class: "edit" }, make("thead", {}, make("tr", {}, ...heads.map((text) => make("th", { text })))), body);
    const add = make("button", { type: "button", class: "add-box", text: words.addBox, onclick: () => insert({ label: labels[0] || "", x: width * 0.4, y: height * 0.4, w: width * 0.2, h: height * 0.2 }, true) });
    host.append(make("p", { class: "note", text: words.boxHint }), table, make("p", {}, add));
    field.hidden = true;

    const tenth = (number) => Math.round(number * 10) / 10;
    const clamp = (number, least, most) => Math.min(Math.max(number, least), most);

    function fit(box) {
      box.w = tenth(clamp(box.w, 1, width)); box.h = tenth(clamp(box.h, 1, height));
      box.x = tenth(clamp(box.x, 0, width - box.w)); box.y = tenth(clamp(box.y, 0, height - box.h));
      return box;
    }

    function write() { field.value = JSON.stringify(boxes); }

    function place(index) {
      const box = boxes[index], shape = shapes[index], size = 12 * width / (svg.clientWidth || width);
      for (const [key, value] of [["x", box.x], ["y", box.y], ["width", box.w], ["height", box.h]]) shape.rect.setAttribute(key, value);
      shape.text.setAttribute("x", box.x); shape.text.setAttribute("y", Math.max(box.y - size * 0.3, size)); shape.text.setAttribute("font-size", size * 1.2);
      shape.text.textContent = (index + 1) + " " + box.label;
      shape.rect.setAttribute("aria-label", (index + 1) + " " + box.label + ": " + [box.x, box.y, box.w, box.h].join(", "));
      shape.corners.forEach((corner, number) => {
        corner.setAttribute("x", box.x + (number & 1 ? box.w : 0) - size / 2); corner.setAttribute("y", box.y + (number & 2 ? box.h : 0) - size / 2);
        corner.setAttribute("width", size); corner.setAttribute("height", size);
      });
      ["x", "y", "w", "h"].forEach((key, number) => { if (document.activeElement !== rows[index].numbers[number]) rows[index].numbers[number].value = box[key]; });
    }

    function change(index, box) { boxes[index] = fit({ ...boxes[index], ...box }); place(index); write(); }

    function remove(index) {
      boxes.splice(index, 1);
      draw();
      (shapes[Math.min(index, shapes.length - 1)]?.rect || add).focus();
    }

    function insert(box, focuses) {
      if (boxes.length >= countMax) return;
      boxes.push(fit(box));
      draw();
      if (focuses) shapes[boxes.length - 1].rect.focus();
    }

    function key(event, index) {
      const step = event.shiftKey ? 10 : 1, box = boxes[index];
      const move = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step] }[event.key];
      if (move) change(index, event.altKey ? { w: box.w + move[0], h: box.h + move[1] } : { x: box.x + move[0], y: box.y + move[1] });
      else if (event.key === "Delete" || event.key === "Backspace") remove(index);
      else return;
      event.preventDefault();
    }

    function shape(index) {
      const element = (name, attributes) => {
        const made = document.createElementNS(svgName, name);
        for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
        return made;
      };
      const rect = element("rect", { class: "box", tabindex: 0, role: "button", "data-index": index });
      rect.addEventListener("keydown", (event) => key(event, index));
      const corners = [0, 1, 2, 3].map((number) => element("rect", { class: "corner", "data-index": index, "data-corner": number }));
      const group = element("g", {}), text = element("text", { class: "box-name" });
      group.append(rect, text, ...corners);
      svg.append(group);
      return { group, rect, text, corners };
    }

    function row(index) {
      const box = boxes[index];
      const label = labels.length ? choose(labels, box.label, { "aria-label": words.label }) : make("input", { type: "text", value: box.label, maxlength: 60, "aria-label": words.label });
      label.addEventListener("input", () => { boxes[index].label = label.value; place(index); write(); });
      const numbers = ["x", "y", "w", "h"].map((key) => make("input", { type: "number", step: "any", min: 0, "aria-label": key, onchange: (event) => { change(index, { [key]: Number(event.target.value) || 0 }); event.target.value = boxes[index][key]; } }));
      const cells = [label, ...numbers, make("button", { type: "button", text: words.remove, onclick: () => remove(index) })].map((cell) => make("td", {}, cell));
      return { element: make("tr", {}, ...cells), numbers };
    }

    function draw() {
      shapes.forEach((shape) => shape.group.remove());
      shapes = boxes.map((_, index) => shape(index));
      rows = boxes.map((_, index) => row(index));
      body.replaceChildren(...rows.map((row) => row.element));
      boxes.forEach((_, index) => place(index));
      write();
    }

    function point(event) {
      const place = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
      return { x: clamp(place.x, 0, width), y: clamp(place.y, 0, height) };
    }

    svg.addEventListener("pointerdown", (event) => {
      if (event.button !== 0) return;
      event.preventDefault();
      const start = point(event), index = event.target.dataset.index;
      drag = index === undefined ? { start, isNew: true } : { start, index: Number(index), corner: event.target.dataset.corner, box: { ...boxes[index] } };
      if (!drag.isNew) shapes[drag.index].rect.focus();
      svg.setPointerCapture(event.pointerId);
    });
    svg.addEventListener("pointermove", (event) => {
      if (!drag) return;
      const now = point(event), dx = now.x - drag.start.x, dy = now.y - drag.start.y;
      if (drag.isNew) {
        if (boxes.length >= countMax || Math.abs(dx) * svg.clientWidth / width < 4 || Math.abs(dy) * svg.clientWidth / width < 4) return;
        boxes.push({ label: labels[0] || "", x: now.x, y: now.y, w: 1, h: 1 });
        draw();
        drag = { start: drag.start, index: boxes.length - 1, corner: "3", box: { label: labels[0] || "", x: drag.start.x, y: drag.start.y, w: 0, h: 0 } };
      }
      const box = drag.box, corner = Number(drag.corner);
      if (drag.corner === undefined) return change(drag.index, { x: box.x + dx, y: box.y + dy });
      // The corner across stays; a corner may be drawn past it.
      const fixedX = corner & 1 ? box.x : box.x + box.w, fixedY = corner & 2 ? box.y : box.y + box.h;
      const movedX = clamp((corner & 1 ? box.x + box.w : box.x) + dx, 0, width), movedY = clamp((corner & 2 ? box.y + box.h : box.y) + dy, 0, height);
      change(drag.index, { x: Math.min(fixedX, movedX), y: Math.min(fixedY, movedY), w: Math.abs(movedX - fixedX), h: Math.abs(movedY - fixedY) });
    });
    for (const name of ["pointerup", "pointercancel"]) svg.addEventListener(name, () => {
      if (drag && drag.index !== undefined) shapes[drag.index].rect.focus();
      drag = null;
    });
    new ResizeObserver(() => boxes.forEach((_, index) => place(index))).observe(svg);
    draw();
  }

  // A table: every cell a field of its column's kind.
  function editTable(host) {
    const columns = JSON.parse(host.dataset.columns), countMax = Number(host.dataset.count), field = host.querySelector("textarea");
    const rows = JSON.parse(host.dataset.rows), body = make("tbody");
    const table = make("table", { class: "edit" }, make("thead", {}, make("tr", {}, ...columns.map((column) => make("th", { text: column.title })), make("th"))), body);
    field.hidden = true;
    host.querySelector(".plain").hidden = true;

    function write() { field.value = JSON.stringify(rows); }

    function cell(row, column) {
      const value = row[column.id] === undefined ? "" : String(row[column.id]);
      const input = column.kind === "choice" ? choose(["", ...column.options], value, { "aria-label": column.title })
        : make("input", { type: column.kind === "number" ? "number" : "text", step: "any", value, "aria-label": column.title });
      input.addEventListener("input", () => {
        if (input.value === "") delete row[column.id];
        else row[column.id] = column.kind === "number" ? Number(input.value) : input.value;
        write();
      });
      return make("td", {}, input);
    }

    function draw() {
      body.replaceChildren(...rows.map((row) => {
        const remove = make("button", { type: "button", text: words.remove, onclick: () => { rows.splice(rows.indexOf(row), 1); draw(); } });
        return make("tr", {}, ...columns.map((column) => cell(row, column)), make("td", {}, remove));
      }));
      write();
    }

    const add = make("button", { type: "button", class: "add-row", text: words.addRow, onclick: () => { if (rows.length < countMax) { rows.push({}); draw(); body.lastElementChild.querySelector("input, select").focus(); } } });
    host.append(make("div", { class: "scroll" }, table), make("p", {}, add));
    draw();
  }

  // A recording becomes the file of the form's file field.
  function record(host) {
    const input = host.querySelector("input[type=file]"), secondsMax = Number(host.dataset.seconds);
    if (!navigator.mediaDevices || !window.MediaRecorder) return;
    const state = make("span", { class: "note", role: "status" }), player = make("audio", { controls: "" });
    const button = make("button", { type: "button", class: "record", text: words.record });
    let recorder = null, timer = null;
    player.hidden = true;
    host.prepend(make("p", { class: "row" }, button, state), player);

    async function start() {
      let stream;
      try { stream = await navigator.mediaDevices.getUserMedia({ audio: true }); } catch { state.textContent = words.noMicrophone; return; }
      const type = ["audio/webm;codecs=opus", "audio/mp4", "audio/ogg"].find((type) => MediaRecorder.isTypeSupported(type));
      const pieces = [], begun = performance.now();
      recorder = new MediaRecorder(stream, type ? { mimeType: type } : {});
      recorder.addEventListener("dataavailable", (event) => pieces.push(event.data));
      recorder.addEventListener("stop", () => {
        clearInterval(timer);
        stream.getTracks().forEach((track) => track.stop());
        const kind = (recorder.mimeType || "audio/webm").split(";")[0], files = new DataTransfer();
        const file = new File(pieces, "recording." + kind.split("/")[1], { type: kind });
        files.items.add(file);
        input.files = files.files;
        input.dispatchEvent(new Event("change", { bubbles: true }));
        player.src = URL.createObjectURL(file);
        player.hidden = false;
        recorder = null;
        button.textContent = words.recordAgain;
        button.classList.remove("on");
        state.textContent = Math.max(1, Math.round((performance.now() - begun) / 1000)) + " s";
      });
      recorder.start(1000);
      button.textContent = words.stop;
      button.classList.add("on");
      timer = setInterval(() => {
        const seconds = (performance.now() - begun) / 1000;
        state.textContent = Math.floor(seconds) + " s";
        if (seconds >= secondsMax) recorder.stop();
      }, 250);
    }

    button.addEventListener("click", () => (recorder ? recorder.stop() : start()));
    form.addEventListener("submit", (event) => { if (recorder) { event.preventDefault(); state.textContent = words.stopFirst; } });
  }

  form.querySelectorAll("[data-boxes]").forEach(editBoxes);
  form.querySelectorAll("[data-rows]").forEach(editTable);
  form.querySelectorAll("[data-seconds]").forEach(record);
  // Files that the server would refuse are refused before anything is sent, so that nothing that was filled in is lost.
  form.addEventListener("change", (event) => {
    if (event.target.type !== "file") return;
    const files = [...form.querySelectorAll("input[type=file]")].flatMap((input) => [...input.files]);
    event.target.setCustomValidity([...event.target.files].some((file) => file.size > 10485760) || files.length > 5 ? words.tooLarge : "");
    event.target.reportValidity();
  });
})();
