/** Tables of props, from the interfaces in the sources: what a page says of a default is what its docstring says. */
import { resolve, sep } from 'node:path';
import ts from 'typescript';

const root = resolve(__dirname, '../../..');

/** One member of an interface. */
export interface Prop {
  readonly name: string;
  readonly type: string;
  readonly required: boolean;
  /** As the docstring says it; undefined where it says none. */
  readonly default: string | undefined;
  readonly description: string;
}

/** The interfaces of the sources with their own members, by name. */
export function interfacesOf(program: ts.Program): ReadonlyMap<string, readonly Prop[]> {
  const found = new Map<string, readonly Prop[]>();
  for (const file of program.getSourceFiles()) {
    if (!['core', 'constructs'].some((room) => resolve(file.fileName).startsWith(`${root}${sep}${room}${sep}`)))
      continue;
    for (const node of file.statements.filter(ts.isInterfaceDeclaration)) {
      const props = node.members.filter(ts.isPropertySignature).map((member) => propOf(member, file));
      found.set(node.name.text, props);
    }
  }
  return found;
}

/** The interfaces with defaults that the package exports from constructs/: each must have a table somewhere. */
export function documentedInterfaces(
  program: ts.Program,
  interfaces: ReadonlyMap<string, readonly Prop[]>,
): readonly string[] {
  const index = program.getSourceFile(resolve(root, 'constructs/index.ts'));
  const names = [...(index?.statements ?? [])]
    .filter(ts.isExportDeclaration)
    .flatMap(({ exportClause }) => (exportClause && ts.isNamedExports(exportClause) ? exportClause.elements : []))
    .map(({ name }) => name.text);
  return names.filter((name) => interfaces.get(name)?.some((prop) => prop.default !== undefined));
}

function propOf(member: ts.PropertySignature, file: ts.SourceFile): Prop {
  const docs = ts.getJSDocCommentsAndTags(member).filter(ts.isJSDoc);
  const tag = ts.getJSDocTags(member).find(({ tagName }) => tagName.text === 'default');
  return {
    name: member.name.getText(file),
    type: oneLine(member.type?.getText(file) ?? 'unknown').replace(/^\| /, ''),
    required: member.questionToken === undefined,
    default: tag && oneLine(ts.getTextOfJSDocComment(tag.comment) ?? ''),
    description: oneLine(docs.map(({ comment }) => ts.getTextOfJSDocComment(comment) ?? '').join(' ')),
  };
}

/** The table that a page must hold, its columns as wide as the formatter makes them. */
export function propsTable(props: readonly Prop[]): string {
  const rows = props.map((prop) => [`\`${prop.name}\``, `\`${prop.type}\``, defaultText(prop), prop.description]);
  const cells = [['Prop', 'Type', 'Default', 'What it is'], ...rows].map((row) =>
    row.map((cell) => cell.replaceAll('|', '\\|')),
  );
  const widths = (cells[0] ?? []).map((_, i) => Math.max(...cells.map((row) => row[i]?.length ?? 0)));
  const line = (row: readonly string[]) => `| ${row.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join(' | ')} |`;
  const [head = [], ...body] = cells;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...body.map(line)].join('\n');
}

function defaultText(prop: Prop): string {
  if (prop.required) return '**required**';
  if (prop.default === undefined) return '';
  const text = prop.default.replace(/^- /, '');
  return /^('[^']*'|true|false|[\dx_]+)$/.test(text) ? `\`${text}\`` : text;
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
