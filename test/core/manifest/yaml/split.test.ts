import * as fc from 'fast-check';
import { SourceText, splitDocuments } from '../../../../core/manifest/yaml/split';

describe('SourceText', () => {
  it('counts lines and columns from 1, whatever the line breaks', () => {
    const source = new SourceText('\ufeffab\r\ncd\rü😀e\n\nf');
    expect(source.text).toBe('ab\ncd\nü😀e\n\nf');
    const places = [...'acüef\n'].map((character) => source.positionAt(source.text.indexOf(character)));
    expect(places).toEqual([
      { line: 1, column: 1 },
      { line: 2, column: 1 },
      { line: 3, column: 1 },
      { line: 3, column: 4 },
      { line: 5, column: 1 },
      { line: 1, column: 3 },
    ]);
    expect(new SourceText('').positionAt(0)).toEqual({ line: 1, column: 1 });
  });

  it('counts the lines before a place, whatever was asked for before', () => {
    const lines = fc.array(fc.stringMatching(/^[a-z]{0,3}$/), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(lines, fc.array(fc.nat(), { minLength: 1, maxLength: 20 }), (text, asked) => {
        const source = new SourceText(text.join('\n'));
        for (const each of asked) {
          const offset = each % (source.text.length + 1);
          const before = source.text.slice(0, offset).split('\n');
          expect(source.positionAt(offset)).toEqual({ line: before.length, column: (before.at(-1)?.length ?? 0) + 1 });
        }
      }),
    );
  });

  it('drops the byte order marks of files that were joined', () => {
    expect(new SourceText('\ufeffa: 1\n---\n\ufeffb: 2\n').text).toBe('a: 1\n---\nb: 2\n');
  });
});

describe('splitDocuments', () => {
  it.each([
    ['', [['', 0]]],
    [
      'a\n---\nb\n',
      [
        ['a\n', 0],
        ['b\n', 6],
      ],
    ],
    [
      '---\na\n---',
      [
        ['', 0],
        ['a\n', 4],
        ['', 9],
      ],
    ],
    [
      '---   # note\na',
      [
        ['', 0],
        ['a', 13],
      ],
    ],
    ['a: |\n  ---\n  b\n', [['a: |\n  ---\n  b\n', 0]]],
    [
      '---\n---\n',
      [
        ['', 0],
        ['', 4],
        ['', 8],
      ],
    ],
    ['a\u2028---\nb', [['a\u2028---\nb', 0]]],
  ])('%j', (text, parts) => {
    expect(splitDocuments(text)).toEqual(parts.map(([part, offset]) => ({ text: part, offset })));
  });

  it.each([
    ['a\n--- b\nc', 6],
    ['---x\nc', 3],
    ['---- c', 3],
  ])('finds what follows the separator of %j', (text, misplaced) => {
    expect(splitDocuments(text).at(-1)).toMatchObject({ misplaced });
  });
});
