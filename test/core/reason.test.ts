import { isReason } from '../../core/reason';

describe('isReason', () => {
  it.each(['INC-42: orders are lost', 'Прайс-лист до переезда', '注文が失われているため復旧する'])(
    'takes %j',
    (text) => {
      expect(isReason(text)).toBe(true);
    },
  );

  it.each(['because', '. . . . . . . . . . .', '\u200b'.repeat(20), '', undefined, 42])('refuses %j', (text) => {
    expect(isReason(text)).toBe(false);
  });
});
