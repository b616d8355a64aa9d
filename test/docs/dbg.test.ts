import { programOf } from '../support/docs/snippets';
import { interfacesOf, documentedInterfaces } from '../support/docs/props';
it('x', () => {
  const p = programOf([]);
  const i = interfacesOf(p);
  console.log(i.size, i.get('ConnectOptions'), p.getSourceFiles().length, p.getSourceFile(require('path').resolve(__dirname,'../../constructs/index.ts'))?.statements.length, documentedInterfaces(p,i));
  const tags: string[] = [];
  for (const [n, props] of i) for (const q of props) if (!q.required && q.default === undefined) tags.push(`${n}.${q.name}`);
  console.log(documentedInterfaces(p,i).flatMap(n => (i.get(n) ?? []).filter(q => (!q.required && q.default === undefined) || q.description === '').map(q => `${n}.${q.name} ${q.default} ${q.description === '' ? 'nodesc' : ''}`)).join('\n'));
}, 60000);
