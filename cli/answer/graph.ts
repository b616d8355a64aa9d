import { groupBy } from '../../core/group-by';

/** An arrow of a graph. */
export interface Arrow {
  readonly from: string;
  readonly to: string;
  readonly label: string;
  /** Drawn dashed: what is not certain, or is closed by a change. */
  readonly isDashed: boolean;
}

/** Workloads and arrows between them, as one text. */
type Writer = (nodes: readonly string[], arrows: readonly Arrow[]) => string;

/** The graph in the language of Mermaid, which GitHub and GitLab draw in comments. */
export const mermaid: Writer = (nodes, arrows) => {
  const { idOf, groups } = numbered(nodes);
  const text = (label: string) => `"${label.replace(/[&"<>#\n\r]/g, (sign) => `#${sign.charCodeAt(0)};`)}"`;
  return [
    'flowchart LR',
    ...groups.flatMap(([namespace, own], index) => {
      const lines = own.map((node) => `${idOf(node)}[${text(node)}]`);
      return namespace === ''
        ? lines.map((line) => `  ${line}`)
        : [`  subgraph g${index}[${text(namespace)}]`, ...lines.map((line) => `    ${line}`), '  end'];
    }),
    ...arrows.map(
      ({ from, to, label, isDashed }) => `  ${idOf(from)} ${isDashed ? '-.->' : '-->'}|${text(label)}| ${idOf(to)}`,
    ),
    '',
  ].join('\n');
};

/** The graph in the language of Graphviz. */
export const dot: Writer = (nodes, arrows) => {
  const { idOf, groups } = numbered(nodes);
  const text = (label: string) => `"${label.replace(/[\\"]/g, (sign) => `\\${sign}`).replace(/[\n\r]/g, ' ')}"`;
  return [
    'digraph network {',
    '  rankdir=LR;',
    ...groups.flatMap(([namespace, own], index) => {
      const lines = own.map((node) => `${idOf(node)} [label=${text(node)}];`);
      if (namespace === '') return lines.map((line) => `  ${line}`);
      return [
        `  subgraph cluster_${index} {`,
        `    label=${text(namespace)};`,
        ...lines.map((line) => `    ${line}`),
        '  }',
      ];
    }),
    ...arrows.map(
      ({ from, to, label, isDashed }) =>
        `  ${idOf(from)} -> ${idOf(to)} [label=${text(label)}${isDashed ? ', style=dashed' : ''}];`,
    ),
    '}',
    '',
  ].join('\n');
};

/** Ids that no name can break, and the nodes by their namespaces; those without one have the empty one. */
function numbered(nodes: readonly string[]) {
  const ids = new Map([...new Set(nodes)].map((node, index) => [node, `n${index}`]));
  const groups = [
    ...groupBy(ids.keys(), (node) =>
      /^[^/ ]+\/[^/]+$/.test(node) && !/^[0-9a-f.:]+\//i.test(node) ? (node.split('/')[0] ?? '') : '',
    ),
  ];
  return { idOf: (node: string) => ids.get(node) ?? '', groups };
}
