import { formatJson } from './json';
import { printable, printableLine } from './printable';
import { formatTable } from './table';
import { formatTree, node } from './tree';

describe('output', () => {
  it('keeps a terminal from obeying an archive', () => {
    const hostile = 'a\u001b[2Jb\u0007\u009bc\u202ed\rq\ne\tf';
    expect(printable(hostile)).toBe(
      'a\\u001b[2Jb\\u0007\\u009bc\\u202ed\\u000dq\ne\tf',
    );
    expect(printableLine('a\nb\tc')).toBe('a\\nb\\tc');
    expect(formatTree(node('x\u001b', node('y\nz')))).toBe(
      'x\\u001b\n└── y\\nz\n',
    );
    expect(formatTable(['a'], [['\u001b']])).not.toContain('\u001b');
    expect(formatJson({ a: '\u009b\u001b' })).toBe(
      '{\n  "a": "\\u009b\\u001b"\n}\n',
    );
  });

  it('draws trees', () => {
    expect(
      formatTree(
        node('root', node('a', node('b')), undefined, node('c', node('d'))),
      ),
    ).toBe(['root', '├── a', '│   └── b', '└── c', '    └── d', ''].join('\n'));
  });
});
