/** Tables of props, from the interfaces in the sources: what a page says of a default is what its docstring says. */
import { resolve } from 'node:path';
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

/** The interfaces that the package and its core export, with their own members, by name. */
export function interfacesOf(program: ts.Program): ReadonlyMap<string, readonly Prop[]> {
  return new Map([...exportedInterfaces(program, 'core/index.ts'), ...exportedInterfaces(program, 'index.ts')]);
}

/** Those of constructs/ that have defaults: a user fills them in, so that each must have a table somewhere. */
export function filledInByUsers(program: ts.Program): readonly string[] {
  return [...exportedInterfaces(program, 'constructs/index.ts')]
    .filter(([, props]) => props.some((prop) => prop.default !== undefined))
    .map(([name]) => name);
}

function exportedInterfaces(program: ts.Program, index: string): ReadonlyMap<string, readonly Prop[]> {
  const checker = program.getTypeChecker();
  const file = program.getSourceFile(resolve(root, index));
  const module = file && checker.getSymbolAtLocation(file);
  if (!module) throw new Error(`${index} is no module of the program`);
  return new Map(
    checker.getExportsOfModule(module).flatMap((exported) => {
      const symbol = exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported;
      const node = symbol.declarations?.find(ts.isInterfaceDeclaration);
      if (!node) return [];
      const source = node.getSourceFile();
      return [[symbol.name, node.members.filter(ts.isPropertySignature).map((member) => propOf(member, source))]];
    }),
  );
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
