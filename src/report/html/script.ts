/** What runs in the browser: filters whose state is the hash, and the way through the graph from what is pointed at. */
export const script = `'use strict';
const $ = (selector, within = document) => [...within.querySelectorAll(selector)];
const form = document.getElementById('filters');
const search = document.getElementById('q');
const group = document.getElementById('group');
const settled = document.getElementById('settled');
const boxes = $('input[name=severity]');
const findings = $('.finding');
const rows = $('.reach tr:not(.head), .not-checked li');
const texts = new Map([...findings, ...rows].map(item => {
  const rule = item.closest('.rule');
  const above = rule ? $('h4, .id', rule) : $('.head', item.closest('tbody') ?? item);
  const head = above.map(each => each.textContent).join(' ');
  return [item, (item.textContent + ' ' + head).toLowerCase()];
}));

function apply() {
  const words = search.value.toLowerCase().split(/\\s+/).filter(Boolean);
  const shown = new Set(boxes.filter(box => box.checked).map(box => box.value));
  const matches = item => words.every(word => texts.get(item).includes(word));
  for (const item of findings) {
    const {severity, group: own, state} = item.dataset;
    const wanted = shown.has(severity) && (group.value === '' || group.value === own);
    item.hidden = !(wanted && (settled.checked || state === 'open') && matches(item));
  }
  for (const row of rows) row.hidden = !matches(row);
  for (const body of $('tbody')) body.hidden = $('tr:not(.head):not([hidden])', body).length === 0;
  for (const list of $('.reach, .not-checked'))
    list.hidden = $('tbody:not([hidden]), li:not([hidden])', list).length === 0;
  for (const rule of $('.rule')) rule.hidden = $('.finding:not([hidden])', rule).length === 0;
  for (const service of $('.service'))
    service.hidden = words.length > 0 && $('.finding:not([hidden]), .reach tbody:not([hidden]), .not-checked li:not([hidden])', service).length === 0;
  const left = findings.filter(item => !item.hidden).length;
  document.getElementById('count').textContent =
    left === findings.length ? '' : left + ' of ' + findings.length + ' findings shown';
  for (const graph of graphs) graph.rest();
}

function write() {
  const state = new URLSearchParams();
  if (search.value) state.set('q', search.value);
  const off = boxes.filter(box => !box.checked);
  if (off.length > 0) state.set('severity', boxes.filter(box => box.checked).map(box => box.value).join(' '));
  if (group.value) state.set('group', group.value);
  if (!settled.checked) state.set('settled', 'no');
  history.replaceState(null, '', '#' + state);
  apply();
}

function read() {
  const hash = location.hash.slice(1);
  if (hash !== '' && !hash.includes('=')) return apply();
  const state = new URLSearchParams(hash);
  search.value = state.get('q') ?? '';
  const severities = state.get('severity')?.split(' ');
  for (const box of boxes) box.checked = severities === undefined || severities.includes(box.value);
  group.value = state.get('group') ?? '';
  if (group.selectedIndex < 0) group.value = '';
  settled.checked = state.get('settled') !== 'no';
  apply();
}

const graphs = $('svg.graph').map(svg => {
  const nodes = $('.node', svg);
  const edges = $('.edge', svg).map(edge => ({edge, ends: edge.dataset.edge.split(' ').map(Number)}));
  const follow = (start, from, to) => {
    const lit = new Set();
    const open = [start];
    while (open.length > 0) {
      const at = open.pop();
      for (const {edge, ends} of edges)
        if (ends[from] === at && !lit.has(edge)) {
          lit.add(edge).add(nodes[ends[to]]);
          open.push(ends[to]);
        }
    }
    return lit;
  };
  const light = indices => {
    const lit = new Set(indices.map(index => nodes[index]));
    for (const index of indices) {
      for (const each of follow(index, 0, 1)) lit.add(each);
      for (const each of follow(index, 1, 0)) lit.add(each);
    }
    for (const each of [...nodes, ...edges.map(({edge}) => edge)]) each.classList.toggle('lit', lit.has(each));
    svg.classList.toggle('focused', indices.length > 0);
  };
  const rest = () => {
    const word = search.value.toLowerCase();
    light(word === '' ? [] : nodes.flatMap((node, index) => (node.getAttribute('aria-label').toLowerCase().includes(word) ? [index] : [])));
  };
  nodes.forEach((node, index) => {
    for (const name of ['mouseenter', 'focus']) node.addEventListener(name, () => light([index]));
    for (const name of ['mouseleave', 'blur']) node.addEventListener(name, rest);
  });
  return {rest};
});

form.addEventListener('input', write);
form.addEventListener('submit', event => event.preventDefault());
form.addEventListener('reset', () => setTimeout(write));
addEventListener('hashchange', read);
addEventListener('beforeprint', () => $('details').forEach(each => (each.open = true)));
addEventListener('keydown', event => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === '/' && !/^(INPUT|SELECT|TEXTAREA)$/.test(document.activeElement.tagName)) {
    event.preventDefault();
    search.focus();
    search.select();
  } else if (event.key === 'Escape' && document.activeElement === search) {
    search.value = '';
    write();
  }
});
document.documentElement.classList.add('live');
read();
`;
