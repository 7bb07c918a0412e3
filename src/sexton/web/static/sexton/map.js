// The map that can be moved, in the place of the drawing. Everything it shows comes from this site:
// places as GeoJSON, outlines as thinned files; all texts are data attributes of #atlas.
(() => {
  "use strict";
  const canvas = document.getElementById("atlas");
  if (!canvas || !window.L) return;
  const say = canvas.dataset;
  const L = window.L;
  const CELL = 38; // pixels: places nearer to each other are one marker with their number
  const NEAREST = 15;
  const NAMED = 10.5; // from here on the names stand beside the markers
  const status = document.querySelector(".atlas-said");
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;

  const words = (text, number) => text.replace("{n}", number);

  const element = (name, text, attributes = {}) => {
    const made = document.createElement(name);
    if (text) made.textContent = text;
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    return made;
  };

  const fetched = async (address) => {
    const answer = await fetch(address);
    if (!answer.ok) throw new Error(address);
    return answer.json();
  };

  // The points that a first point and steps lead to.
  const walked = (numbers) => {
    let x = 0;
    let y = 0;
    const points = [];
    for (let i = 0; i + 1 < numbers.length; i += 2) {
      x += numbers[i];
      y += numbers[i + 1];
      points.push([x, y]);
    }
    return points;
  };

  const landShape = (land) =>
    land.rings.map((ring) =>
      walked(ring).map(([x, y]) => [land.north - y / land.per_degree, land.west + x / land.per_degree]),
    );

  const provinceShapes = ({ projection: to, provinces }) =>
    Object.values(provinces).map((path) =>
      path
        .split("z")
        .filter(Boolean)
        .map((part) =>
          walked(part.match(/-?\d+/g).map(Number)).map(([x, y]) => [to.north - y / to.per_lat, to.west + x / to.per_lon]),
        ),
    );

  const ground = (map, land, provinces) => {
    const shape = (rings, name) => L.polygon(rings, { className: name, interactive: false, fillRule: "evenodd" }).addTo(map);
    shape(landShape(land), "ground coast");
    for (const rings of provinceShapes(provinces)) shape(rings, "ground province");
  };

  const towns = (map, listed) => {
    for (const [name, latitude, longitude] of listed) {
      const icon = L.divIcon({ className: "town-mark", html: element("span", name), iconSize: null });
      L.marker([latitude, longitude], { icon, interactive: false, keyboard: false, zIndexOffset: -1000 }).addTo(map);
    }
  };

  const told = (place) => {
    const { name, url, list, kind, persons, events, precision, radius } = place.properties;
    const box = element("div", "", { class: "told-place" });
    const heading = element("p", "", { class: "strong" });
    heading.append(element("a", name, { href: url }));
    box.append(heading, element("p", kind));
    if (persons) {
      const line = element("p", `${words(say.persons, persons)} `);
      line.append(element("a", say.list, { href: list }));
      box.append(line);
    }
    if (events) box.append(element("p", words(say.events, events)));
    box.append(element("p", radius ? `${precision}. ${say.around}` : precision, { class: "hint" }));
    return box;
  };

  class Atlas {
    constructor(map, places) {
      this.map = map;
      this.places = places;
      this.layer = L.layerGroup().addTo(map);
      this.circle = L.layerGroup().addTo(map);
      this.rows = new Map();
      for (const row of document.querySelectorAll("#atlas-list li[data-key]")) this.rows.set(row.dataset.key, row);
      map.on("zoomend", () => this.draw());
      map.on("popupclose", () => this.choose(null));
      this.draw();
      this.offerInList();
    }

    // Each place with the nearest one before it that it would hide, in the order of the list.
    groups() {
      const groups = [];
      for (const place of this.places) {
        const [longitude, latitude] = place.geometry.coordinates;
        const at = this.map.project([latitude, longitude]);
        let nearest = null;
        let away = CELL;
        for (const group of groups) {
          const distance = at.distanceTo(group.at);
          if (distance < away) [nearest, away] = [group, distance];
        }
        if (nearest) nearest.places.push(place);
        else groups.push({ at, places: [place] });
      }
      return groups.map((group) => group.places);
    }

    draw() {
      canvas.classList.toggle("near", this.map.getZoom() >= NAMED);
      const active = document.activeElement;
      const held = this.layer.getLayers().find((marker) => marker.getElement() === active);
      this.layer.clearLayers();
      for (const group of this.groups()) this.layer.addLayer(this.marker(group));
      // What the keyboard was on is drawn anew: the marker that holds it now is the next.
      if (held) this.holding(held.places[0].id)?.getElement()?.focus({ preventScroll: true });
    }

    marker(group) {
      const [longitude, latitude] = group[0].geometry.coordinates;
      const single = group.length === 1;
      const { name, layer, persons } = group[0].properties;
      const size = Math.min(52, 26 + 3 * Math.sqrt(single ? persons : group.length));
      const label = single ? (persons ? `${name}: ${words(say.persons, persons)}` : name) : words(say.several, group.length);
      const dot = element("span", single ? "" : String(group.length), { class: `dot ${single ? layer : "several"}` });
      const face = element("span", "", { class: "face" });
      face.append(dot);
      if (single) face.append(element("span", name, { class: "place-name" }));
      const icon = L.divIcon({ className: "place-mark", html: face, iconSize: [size, size] });
      const marker = L.marker([latitude, longitude], { icon, title: label, riseOnHover: true });
      marker.places = group;
      const choose = () => (single ? this.open(group[0]) : this.part(group, marker));
      marker.on("click", choose);
      marker.on("add", () => {
        const button = marker.getElement();
        button.setAttribute("aria-label", label);
        button.addEventListener("keydown", (event) => {
          if (event.key !== "Enter" && event.key !== " ") return;
          event.preventDefault();
          choose();
        });
      });
      return marker;
    }

    holding(key) {
      return this.layer.getLayers().find((marker) => marker.places.some((place) => place.id === key));
    }

    // Several places: nearer, and where that does not part them, all in one window.
    part(group, marker) {
      const bounds = L.latLngBounds(group.map(({ geometry: { coordinates: [x, y] } }) => [y, x]));
      const zoom = Math.min(this.map.getBoundsZoom(bounds.pad(0.2)), NEAREST);
      if (zoom > this.map.getZoom() && !bounds.getNorthEast().equals(bounds.getSouthWest())) {
        this.map.setView(bounds.getCenter(), zoom, { animate: !still });
        this.focusFirst(group);
        return;
      }
      const list = element("ul", "", { class: "told-places" });
      for (const place of group) {
        const item = element("li");
        const button = element("button", place.properties.name, { type: "button", class: "second" });
        button.addEventListener("click", () => this.open(place));
        item.append(button);
        list.append(item);
      }
      this.popup(marker.getLatLng(), list);
    }

    focusFirst(group) {
      this.map.once("moveend", () => this.holding(group[0].id)?.getElement()?.focus({ preventScroll: true }));
    }

    popup(spot, content) {
      L.popup({ maxWidth: 280, closeButton: true, autoPanPadding: [20, 20] }).setLatLng(spot).setContent(content).openOn(this.map);
      const close = canvas.querySelector(".leaflet-popup-close-button");
      close.setAttribute("aria-label", say.close);
      close.title = say.close;
      content.querySelector("a, button")?.focus({ preventScroll: true });
    }

    open(place) {
      const [longitude, latitude] = place.geometry.coordinates;
      this.from = document.activeElement;
      this.popup([latitude, longitude], told(place));
      this.choose(place);
    }

    // The same place in the list and on the map.
    choose(place) {
      this.circle.clearLayers();
      for (const row of this.rows.values()) row.removeAttribute("aria-current");
      if (!place) return;
      const [longitude, latitude] = place.geometry.coordinates;
      const { radius } = place.properties;
      if (radius) L.circle([latitude, longitude], { radius: radius * 1000, className: "reach", interactive: false }).addTo(this.circle);
      const row = this.rows.get(place.id);
      if (!row) return;
      row.setAttribute("aria-current", "true");
      const list = row.closest(".atlas-list");
      if (list.scrollHeight > list.clientHeight) list.scrollTop = row.offsetTop - list.offsetTop - 8;
    }

    offerInList() {
      for (const place of this.places) {
        const row = this.rows.get(place.id);
        if (!row) continue;
        const label = `${say.show}: ${place.properties.name}`;
        const button = element("button", say.show, { type: "button", class: "second show", "aria-label": label });
        button.addEventListener("click", () => this.find(place));
        row.append(button);
      }
    }

    find(place) {
      const [longitude, latitude] = place.geometry.coordinates;
      this.map.setView([latitude, longitude], Math.max(this.map.getZoom(), 11), { animate: !still });
      this.open(place);
      const list = canvas.getBoundingClientRect();
      if (list.top < 0 || list.bottom > innerHeight) canvas.scrollIntoView({ block: "nearest", behavior: still ? "auto" : "smooth" });
    }
  }

  // The part that the drawing shows, drawn together around its places.
  const firstView = (places) => {
    const [west, south, east, north] = say.window.split(",").map(Number);
    const part = L.latLngBounds([[south, west], [north, east]]);
    const inside = places.map(({ geometry: { coordinates: [x, y] } }) => L.latLng(y, x)).filter((spot) => part.contains(spot));
    return inside.length > 1 ? L.latLngBounds(inside) : part;
  };

  const controls = (map) => {
    L.control.zoom({ zoomInTitle: say.nearer, zoomOutTitle: say.farther }).addTo(map);
    L.control.scale({ imperial: false }).addTo(map);
  };

  const keys = (map, atlas) => {
    canvas.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !canvas.querySelector(".leaflet-popup")) return;
      const back = atlas.from;
      map.closePopup();
      (back && back.isConnected ? back : canvas).focus({ preventScroll: true });
    });
  };

  const begin = async () => {
    const [data, land, provinces] = await Promise.all([say.places, say.land, say.provinces].map(fetched));
    if (!data.features.length) return;
    canvas.hidden = false;
    document.querySelector(".drawn").classList.add("replaced");
    canvas.setAttribute("role", "group");
    canvas.setAttribute("aria-label", say.label);
    const map = L.map(canvas, {
      attributionControl: false, // the credits stand below the map, as they do without scripts
      zoomControl: false,
      minZoom: 3,
      maxZoom: NEAREST,
      fadeAnimation: !still,
      zoomAnimation: !still,
      markerZoomAnimation: !still,
      inertia: !still,
      zoomSnap: 0.5,
      scrollWheelZoom: false, // the wheel moves the page until the map is chosen
    });
    map.fitBounds(firstView(data.features), { animate: false, padding: [24, 24] });
    map.on("focus", () => map.scrollWheelZoom.enable());
    map.on("blur", () => map.scrollWheelZoom.disable());
    controls(map);
    if (say.tiles) L.tileLayer(say.tiles, { maxZoom: NEAREST }).addTo(map);
    else ground(map, land, provinces);
    if (!say.tiles) towns(map, data.towns);
    keys(map, new Atlas(map, data.features));
  };

  begin().catch(() => {
    canvas.hidden = true;
    document.querySelector(".drawn").classList.remove("replaced");
    status.textContent = say.failed;
  });
})();
