r"""Writes goldens/chat_template/jinja_snippets.json: small templates and what jinja2 makes of them.

The environment is the one transformers compiles chat templates in: the immutable sandbox with trim_blocks, lstrip_blocks,
loop controls and the generation tag, tojson by json.dumps without escaping, raise_exception and strftime_now (here at a
fixed time). Each line below is a template; a backslash n in it is a line break. Where Python's own wording of a failure
follows from how a filter is written there (arity, internals), only the type of the failure is kept: those templates
begin with a question mark.

    pip install jinja2==3.1.6      (Python 3.11)
    python shared/src/test/python/jinja_snippets.py [file]
"""

import copy
import datetime
import json
import pathlib
import platform
import sys

import jinja2
import jinja2.ext
import jinja2.nodes
import jinja2.sandbox

NOW = datetime.datetime(2024, 2, 29, 13, 5, 9, 250000)

CONTEXT = {
    "a": 5,
    "b": -3,
    "f": 2.5,
    "big": 123456789012,
    "s": "Hello, World",
    "u": "héllo Wörld 😀 ß Ωμέγα",
    "empty": "",
    "blank": "  \t x y \n",
    "lines": "one\ntwo\r\n\nthree\n",
    "html": "<a href=\"x\">T&J's</a>",
    "t": True,
    "n": None,
    "l": [3, 1, 2],
    "words": ["pear", "Apple", "fig", "apple"],
    "mixed": [1, "a", None, True, 2.5, [1], {"k": "v"}],
    "e": [],
    "d": {"name": "Ann", "age": 30, "items": [1, 2], "nested": {"x": {"y": [10, 20]}}},
    "nodata": {},
    "people": [
        {"name": "Bob", "age": 25, "city": "Paris", "tags": ["x"], "active": True},
        {"name": "ann", "age": 31, "city": "berlin", "tags": [], "active": False},
        {"name": "Cid", "age": 25, "city": "Berlin", "tags": ["y", "z"]},
    ],
    "messages_": [
        {"role": "system", "content": "Be brief."},
        {"role": "user", "content": "Hi"},
        {"role": "assistant", "content": "Hello", "tool_calls": None},
        {"role": "user", "content": [{"type": "text", "text": "Look"}, {"type": "image"}]},
    ],
    "tree": [{"v": 1, "kids": [{"v": 2, "kids": []}, {"v": 3, "kids": [{"v": 4, "kids": []}]}]}],
}

EXPRESSIONS = r"""
1 + 2 * 3 - 4
7 / 2
8 / 2
7 // 2
-7 // 2
7 // -2
7.5 // 2
-7.5 // 2
7 % 3
-7 % 3
7 % -3
-7.5 % 2
7.5 % -2
2 ** 10
2 ** -1
2 ** 0.5
2 ** 3 ** 2
-2 ** 2
(-8) ** 3
0 ** 0
-a
+b
- - a
--a
not a
not not a
not empty
1 / 0
1 // 0
1 % 0
1.0 / 0
1.0 // 0
1.0 % 0
0.0 ** -1
true + true
True * 3
1 + 1.0
0.1 + 0.2
1e3
1.5e-7
1E5
1_000_000
1_0.2_5
0x1F
0o17
0b101
0xff + 0
00
3.0
100000000000000000.0
1e16
1e15
123456789.123
1.0e-5
0.0001
0.00012345
5e-324
1.7976931348623157e308
2.2250738585072014e-308
4.35
0.3
1/3
2/3
100/3
1e22
1e21 + 1
9007199254740993.0
1e300 * 1e10
-1e300 * 1e10
(1e300 * 1e10) - (1e300 * 1e10)
big * 1000
'a' + 'b'
'a' 'b' "c"
'a' * 3
3 * 'ab'
'a' * -1
'a' * true
[1] * 2
2 * [1, 2]
[1] + [2, 3]
(1,) + (2,)
(1, 2) * 2
'a' + 1
1 + 'a'
[1] + (2,)
(1,) + [2]
[1] + 'a'
n + 1
1 + n
n + n
{} + {}
'a' - 'b'
'a' * 'b'
'a' * 1.5
1.5 * 'a'
[1] * 'a'
n * 'a'
{} * 2
'a' / 2
[] // 2
'a' ** 2
-'a'
+[]
-n
'a' ~ 1
1 ~ 2.0 ~ n ~ true
a ~ [1, 'x'] ~ {'k': none}
1 + 2 ~ 3 + 4
2 * 3 ~ 4 * 5
missing ~ 'x'
1 < 2 < 3
1 < 3 < 2
3 > 2 >= 2
1 == 1.0
1 == true
'1' == 1
n == none
1 != 2
[1, 2] == [1, 2]
[1, 2] == (1, 2)
{'a': 1} == {'a': 1.0}
[1, [2, {'x': 3}]] == [1, [2, {'x': 3}]]
[1, 2] < [1, 3]
[1] < [1, 0]
(1, 2) < (2,)
'a' < 'b'
'B' < 'a'
'a' < 'aa'
1 < 'a'
'a' > 1
n < 1
[] < 1
{} < {}
[1] < (1,)
true < 2
1 <= 1.0
'x' in 'xyz'
'q' not in 'xyz'
'' in ''
1 in l
9 in l
9 not in l
'name' in d
'zzz' in d
'k' in n
1 in 5
1 in 'abc'
n in 'abc'
[1] in d
1 in (1, 2)
2 in range(3)
2.0 in range(3)
true and 5
0 and 5
'' or 'x'
0 or empty or n
1 and 2 or 3
false or false and true
not true or true
a > 3 and b < 0
1 if true else 2
1 if false else 2
1 if false
(1 if false) is undefined
1 if false else 2 if false else 3
'x' if n else 'y' if a else 'z'
(missing if false else 3)
[1, 2, 3]
[1, 2, 3,]
[]
()
(1,)
(1, 2)
1, 2
1,
{}
{'a': 1, 'b': [1, 2], 'c': {'d': none}}
{'a': 1,}
{1: 'x', 2.5: 'y', none: 'z', true: 'w'}
{(1, 2): 3}
{'a': 1, 'a': 2}
{1: 'a', 1.0: 'b', true: 'c'}
{1: 'a'}[true]
{true: 'a'}[1]
{1.0: 'a'}[1]
{[1]: 2}
{{}: 2}
"it's"
'say "x"'
'it\'s "x"'
['it\'s', 'say "x"', 'it\'s "x"']
['a\nb\tc\\d', '\x00\x1f\x7f\xa0é😀']
['\u200b\u2028\ufeff\u00ad\u3000']
'\x41\u0042\U00000043\101\060'
'\a\b\f\v'|list
'\d \q'
'\\n'
'a\
b'
"a\"b"
'\x4'
'\u12'
'\400'
s[0]
s[-1]
s[100]
s[1:4]
s[:5]
s[7:]
s[-5:]
s[:-7]
s[::-1]
s[::2]
s[5:1:-1]
s[-1:-6:-1]
s[10:2]
s[:]
s[::]
s[::0]
s['x']
s['upper']()
s[1.5]
s[n:3]
s['a':]
u[6]
u[12]
u[::-1]
u[12:]
u[-7:]
u|length
u.find('😀')
u.index('ß')
u[12] == '😀'
l[0]
l[-1]
l[5]
l[1:]
l[::-1]
l[5:]
l[-2:]
l[::2]
l[2:0:-1]
l[10:-10:-1]
l[true]
l['x']
l.0
l.2
l.9
l[n]
l[1, 2]
(1, 2, 3)[1]
(1, 2, 3)[::-1]
range(10)[2:5]
range(10)[3]
range(10)[-1]
range(10)[99]
range(5)[::-1]|list
d.name
d['name']
d.missing
d['missing']
d.items
d['items']
d.nested.x.y[1]
d.nested['x'].y.0
d.missing.deeper
d['missing']['deeper']
missing.x
missing['x']
missing[0]
missing[1:]
missing()
missing.x()
d.missing()
d[0]
d[1:2]
d[[1]]
d[none]
n.x
n['x']
n[0]
n[1:]
n()
a.x
a[0]
a[1:]
a()
'x'()
l()
s.nothing
s.nothing()
l.nothing
t.x
f.x
f.is_integer()
(2.0).is_integer()
missing
missing|string
[missing]
missing + 1
1 + missing
'a' + missing
[1] + missing
missing - 1
missing * 2
2 * missing
missing / 2
missing // 2
missing % 2
2 % missing
missing ** 2
-missing
+missing
not missing
missing == missing
missing == none
missing != 1
missing < 1
1 < missing
'a' < missing
missing in 'abc'
missing in l
1 in missing
missing and 1
missing or 1
missing ~ 1
missing|length
missing|list
missing|join
missing|upper
missing|trim
missing|first
missing|last
missing|tojson
missing|int
missing|float
missing|abs
missing|round
missing|sum
missing|sort
missing|unique|list
missing|map('upper')|list
missing|selectattr('x')|list
missing|items|list
missing|dictsort
missing|reverse|list
missing|indent
missing|replace('a', 'b')
missing|default('z')
missing|d('z')
missing|default
missing.x|default('z')
d.q|default('z')
n|default('z')
n|default('z', true)
empty|default('z')
empty|default('z', true)
0|default(1, boolean=true)
false|d(true)
d.__class__
d.__class__.x
s.__class__.__mro__
s._private
d._private
l.append(1)
l.append
l.pop()
l.sort()
l.reverse()
l.insert(0, 1)
l.extend([1])
l.remove(1)
l.clear()
d.update({'x': 1})
d.pop('name')
d.setdefault('x', 1)
d.clear()
d.popitem()
l.append is defined
l.index(1)
l.index(9)
l.index(2, 1)
l.count(1)
l.count('x')
l.copy()
[1, true, 1.0].count(1)
(1, 2, 1).count(1)
(1, 2).index(2)
(1, 2).index(5)
range(5).index(3)
range(5).count(3)
d.get('name')
d.get('zip')
d.get('zip', 'none')
d.get(none)
d.get([1])
d.get()
d.keys()
d.values()
d.items()
nodata.items()
d.keys()|list
d.items()|list
d.items()|length
d.values()|first
d.keys()[0]
d.copy() == d
d.copy() is sameas d
d|list
d|length
d|first
d|last
nodata|first
d.nested.items()|list
s.upper()
s.lower()
s.title()
s.capitalize()
s.swapcase()
s.casefold()
u.upper()
u.lower()
u.title()
u.capitalize()
u.swapcase()
'ΣΑΣ ΟΔΟΣ'.lower()
"they're bill's".title()
"they're bill's"|title
'a-b (c) [d] {e} <f> "g"'|title
'ABC def-GHI'|title
'hELLO wORLD'|capitalize
''|capitalize
s.strip()
blank.strip()
blank.lstrip()
blank.rstrip()
blank.strip(' ')
'xxhixx'.strip('x')
'xyhixy'.lstrip('yx')
'xyhixy'.rstrip('yx')
'xyhixy'.strip('')
'xhix'.strip(none)
'xhix'.strip(1)
s.split()
s.split(',')
s.split(', ')
s.split('l')
s.split('l', 1)
s.split('l', maxsplit=2)
s.split('zzz')
s.split('')
s.split(1)
''.split()
''.split(',')
blank.split()
' a  b   c '.split(' ')
' a  b   c '.split(none, 1)
' a  b   c '.split(maxsplit=1)
' a  b   c '.split(sep=none)
' a  b   c '.rsplit(none, 1)
'a,b,c'.rsplit(',', 1)
'a,b,c'.rsplit(',')
'aXXbXX'.split('XX')
'XXaXX'.rsplit('XX', 1)
'aaa'.split('aa')
'aaa'.rsplit('aa')
'a</think>b</think>c'.split('</think>')[-1]
lines.splitlines()
lines.splitlines(true)
'a\x0bb\x0cc\x85d\u2028e'.splitlines()
''.splitlines()
'\n'.splitlines()
'a.b.c'.partition('.')
'a.b.c'.rpartition('.')
'abc'.partition('.')
'abc'.rpartition('.')
s.startswith('Hello')
s.startswith('ello', 1)
s.startswith(('x', 'He'))
s.startswith('')
s.startswith(1)
s.startswith([1])
s.endswith('World')
s.endswith(('x', 'ld'))
s.endswith('Wor', 0, -2)
''.startswith('', 1)
s.replace('l', 'L')
s.replace('l', 'L', 2)
s.replace('l', '')
'abc'.replace('', '-')
'abc'.replace('', '-', 2)
''.replace('', 'x')
s.replace('l')
s.find('o')
s.find('o', 5)
s.find('z')
s.rfind('o')
s.rfind('o', 0, 5)
s.index('W')
s.index('z')
s.rindex('l')
s.count('l')
s.count('')
s.count('l', 4)
'aaaa'.count('aa')
', '.join(['a', 'b'])
','.join('abc')
''.join([])
','.join([1, 2])
','.join(5)
', '.join(d)
'7'.zfill(3)
'-7'.zfill(4)
'+7'.zfill(4)
'abc'.zfill(2)
'ab'.center(7, '*')
'ab'.center(6)
'abc'.center(6, '.')
'ab'.ljust(5, '.')
'ab'.rjust(5)
'ab'.rjust(5, 'xy')
'a\tb\n\tc'.expandtabs(4)
'prefix-x'.removeprefix('prefix-')
'x.suffix'.removesuffix('.suffix')
'x'.removeprefix('y')
'123'.isdigit()
'12a'.isdigit()
''.isdigit()
'abc'.isalpha()
'abé'.isalpha()
'ab1'.isalpha()
'ab1'.isalnum()
'a b'.isalnum()
'ABC'.isupper()
'ABC1'.isupper()
'1'.isupper()
'abc'.islower()
'Abc Def'.istitle()
'Abc def'.istitle()
' \t'.isspace()
''.isspace()
'abc'.isascii()
'é'.isascii()
''.isascii()
'ab_1'.isidentifier()
'1ab'.isidentifier()
'a\n'.isprintable()
'12'.isnumeric()
'12'.isdecimal()
'{} and {}'.format(1, 'x')
'{0}{1}{0}'.format('a', 'b')
'{x}-{y}'.format(x=1, y=[2])
'{{}} {}'.format(1)
'{:>5}|{:<5}|{:^5}|'.format('a', 'b', 'c')
'{:*^9}'.format('mid')
'{:05d}'.format(42)
'{:+d}'.format(42)
'{:,}'.format(1234567)
'{:_}'.format(1234567)
'{:.2f}'.format(3.14159)
'{:.0f}'.format(2.5)
'{:.0f}'.format(3.5)
'{:.1f}'.format(0.25)
'{:8.3f}|'.format(2.71828)
'{:e}'.format(12345.678)
'{:.2e}'.format(0.00012)
'{:g}'.format(0.0001)
'{:g}'.format(1234567)
'{:g}'.format(0.00001234)
'{:g}'.format(100)
'{:%}'.format(0.256)
'{:.1%}'.format(0.256)
'{:x}'.format(255)
'{:#x}'.format(255)
'{:X}'.format(255)
'{:b}'.format(5)
'{:#o}'.format(8)
'{:.3}'.format('abcdef')
'{:10.3}|'.format('abcdef')
'{!r}'.format('a')
'{!s:>4}'.format(1)
'{0.name}'.format(d)
'{0[name]}'.format(d)
'{0[1]}'.format(l)
'{x[nested][x][y][0]}'.format(x=d)
'{:{w}}|'.format('a', w=5)
'{:>{}}'.format('a', 4)
'{}'.format()
'{} {}'.format(1)
'{a}'.format()
'{'.format(1)
'}'.format(1)
'{0}{}'.format(1, 2)
'{}{0}'.format(1, 2)
'{:d}'.format('x')
'{:d}'.format(1.5)
'{:s}'.format(1)
'{:>5}'.format(none)
'{}'.format(none)
'{:>5}'.format(true)
'{:d}'.format(true)
'{:.3}'.format(3.14159)
'{:.3}'.format(1234.5)
'{:10}|'.format(3.5)
'{:<10}|'.format(3.5)
'{:=+6}'.format(3)
'{:06.2f}'.format(-3.14159)
'{:,.2f}'.format(1234567.891)
'{x}'.format_map({'x': 1})
'%s is %d' % ('a', 3)
'%s' % 'x'
'%s' % (1, 2)
'%s %s' % 'x'
'%s' % ([1, 2],)
'%s' % [1, 2]
'%(x)s-%(y)05.1f' % {'x': 1, 'y': 2.25}
'%(z)s' % {'x': 1}
'%5d|%-5d|%05d|%+d' % (1, 2, 3, 4)
'%.2f' % 1.005
'%.3s|' % 'abcdef'
'%8.3f|' % 3.14159
'%x %X %o' % (255, 255, 8)
'%#x' % 255
'%e' % 12345.6789
'%g %g' % (0.00001, 1e10)
'%c%c' % ('a', 98)
'%r' % 'a'
'%%' % ()
'100%' % ()
'%d' % 3.99
'%d' % 'x'
'%d' % none
'%f' % 'x'
'%y' % 1
'%s' % missing
'%*d' % (5, 42)
'%i' % true
'x' % ()
'x' % 1
'%.0f' % 0.5
'%.3d' % 5
'%5s|%-5s|' % ('a', 'b')
"%s, %s!"|format('a', 'b')
"%(x)s"|format(x=3)
"%s"|format('a', x=1)
s|upper
s|lower
u|upper
u|title
5|upper
s|length
l|count
5|length
n|length
true|length
s|reverse
l|reverse|list
(1, 2)|reverse|list
d|reverse|list
5|reverse
range(3)|reverse|list
u|reverse
l|first
l|last
e|first
e|last
e|first is defined
s|first
s|last
5|first
5|last
l|sort
words|sort
words|sort(true)
words|sort(case_sensitive=true)
words|sort(reverse=true, case_sensitive=true)
mixed|sort
people|sort(attribute='age')|map(attribute='name')|list
people|sort(attribute='age,name')|map(attribute='name')|list
people|sort(attribute='city')|map(attribute='name')|list
people|sort(attribute='nothing')
[[2, 'b'], [1, 'z'], [2, 'a']]|sort
[[2, 'b'], [1, 'z']]|sort(attribute='1')
[[2, 'b'], [1, 'z']]|sort(attribute=0)
d|dictsort
{'b': 1, 'A': 2, 'c': 0}|dictsort
{'b': 1, 'A': 2, 'c': 0}|dictsort(true)
{'b': 1, 'A': 2, 'c': 0}|dictsort(false, 'value')
{'b': 1, 'A': 2, 'c': 0}|dictsort(reverse=true)
{'b': 1}|dictsort(by='x')
l|dictsort
l|min
l|max
words|min
words|max
words|max(case_sensitive=true)
people|max(attribute='age')|string|length
people|map(attribute='age')|max
e|min
e|min is defined
mixed|max
l|sum
e|sum
[1.5, 2]|sum
['a']|sum
['a']|sum(start='')
[[1], [2]]|sum(start=[])
people|sum(attribute='age')
people|sum('age')
people|sum('age', 100)
people|sum(attribute='name')
l|join
l|join(', ')
l|join(d='-')
people|join(', ', attribute='name')
people|join(', ', 'age')
mixed|join('|')
5|join
'abc'|join('-')
d|join(',')
l|list
'abc'|list
u|list|length
d|list
5|list
n|list
range(3)|list
l|unique|list
words|unique|list
words|unique(true)|list
people|unique(attribute='age')|map(attribute='name')|list
[1, 1.0, true, 2]|unique|list
[[1], [1]]|unique|list
l|map('string')|list
words|map('upper')|join(' ')
words|map('replace', 'p', 'q')|list
people|map(attribute='name')|list
people|map(attribute='tags.0')|list
people|map(attribute='tags.0', default='-')|list
people|map(attribute='active', default=none)|list
people|map('attr', 'name')|list
people|map(attribute='x', foo=1)|list
people|map|list
people|map('nofilter')|list
e|map|list
e|map('nofilter')|list
5|map('upper')|list
l|select|list
[0, 1, '', 'x', none]|select|list
[0, 1, '', 'x', none]|reject|list
l|select('odd')|list
l|select('gt', 1)|list
l|select('>', 1)|list
l|reject('even')|list
l|select('divisibleby', 3)|list
l|select('in', [1, 2])|list
l|select('nosuch')|list
e|select('nosuch')|list
people|selectattr('active')|map(attribute='name')|list
people|rejectattr('active')|map(attribute='name')|list
people|selectattr('age', 'equalto', 25)|map(attribute='name')|list
people|selectattr('age', '==', 25)|map(attribute='name')|list
people|selectattr('age', 'gt', 25)|map(attribute='name')|list
people|rejectattr('age', 'eq', 25)|map(attribute='name')|list
people|selectattr('active', 'defined')|map(attribute='name')|list
people|rejectattr('active', 'defined')|map(attribute='name')|list
people|selectattr('tags.0', 'defined')|map(attribute='name')|list
people|selectattr('x.y', 'defined')|list
people|selectattr()|list
people|selectattr('age', 'in', [25])|list|length
messages_|selectattr('role', 'equalto', 'user')|list|length
messages_|rejectattr('role', 'equalto', 'system')|list|last
messages_|map(attribute='content')|select('string')|list
messages_|selectattr('content', 'string')|map(attribute='role')|join(',')
(l|select('odd'))|length
(l|map('string'))[0]
(l|select('odd'))|first
(l|select('odd'))|last
people|groupby('age')|map('first')|list
people|groupby('city')|length
people|groupby('city')|map(attribute='grouper')|list
people|groupby('city', case_sensitive=true)|map(attribute=0)|list
people|groupby('active', default=false)|map(attribute='list')|map('length')|list
l|groupby(0)
d|items|list
d|items|map('first')|list
l|items|list
nodata|items|list
range(7)|batch(3)|list
range(7)|batch(3, 'x')|list
range(7)|slice(3)|list
range(7)|slice(3, 'x')|list
range(2)|slice(4)|list
range(2)|slice(0)|list
e|batch(2)|list
s|trim
blank|trim
'xxhixx'|trim('x')
5|trim
s|replace('l', 'L')
s|replace('l', 'L', 1)
123|replace(2, 'x')
s|replace('', '-')|length
lines|indent
lines|indent(2)
lines|indent(2, true)
lines|indent(2, blank=true)
lines|indent('> ', first=true, blank=true)
'a\nb'|indent(width=1)
''|indent
5|indent
'a'|center(5)
'ab'|center(5)|length
'foo bar baz qux'|truncate(9)
'foo bar baz qux'|truncate(9, true)
'foo bar baz qux'|truncate(11)
'foo bar baz qux'|truncate(11, false, '...', 0)
'foo bar'|truncate(1)
s|wordcount
'a_b c-d'|wordcount
''|wordcount
u|wordcount
'42'|int
' 42 '|int
'-42'|int
'4_2'|int
'42.9'|int
'-42.9'|int
'x'|int
'x'|int(7)
'x'|int(default=none)
''|int
'1e3'|int
'0x1A'|int
'0x1A'|int(0, 16)
'1A'|int(base=16)
'0b11'|int(0, 2)
'077'|int
'077'|int(0, 8)
'0x1f'|int(0, 0)
42.9|int
-42.9|int
true|int
n|int
n|int(3)
l|int
'inf'|int
'nan'|int
'+5'|int
'--5'|int
'5 5'|int
'4.5'|float
' 4.5e2 '|float
'x'|float
'x'|float(1.5)
'1_0.5'|float
'inf'|float
'-Infinity'|float
'nan'|float
'.5'|float
'5.'|float
'.'|float
5|float
n|float
l|float
true|float
42.55|round
42.55|round(1)
42.45|round(1)
2.5|round
3.5|round
-2.5|round
2.675|round(2)
1.005|round(2)
42.55|round(1, 'floor')
42.55|round(1, 'ceil')
42.1|round(0, 'ceil')
42.9|round(method='floor')
42|round
42|round(1)
45|round(-1)
55|round(-1)
1234.5|round(-2)
'x'|round
42.5|round(1, 'x')
n|round
42|round(0, 'floor')
1e20|round
0.5|round|int
-5|abs
(-5)|abs
-5.5|abs
true|abs
'x'|abs
n|abs
5|string
n|string
true|string
1.0|string
l|string
d|string
s|safe
html|e
html|escape
html|forceescape
5|e
'a b/c?d=é&f'|urlencode
{'a b': 'c&d', 'x': 1}|urlencode
[['a', 1], ['b', '2 3']]|urlencode
5|urlencode
1000|filesizeformat
1500000|filesizeformat
1|filesizeformat
999|filesizeformat
1024|filesizeformat(true)
123456789012|filesizeformat
d|attr('items')
d|attr('name')
d|attr('keys') is callable
people|first|attr('x')
d|tojson
l|tojson
s|tojson
u|tojson
html|tojson
n|tojson
t|tojson
5|tojson
2.5|tojson
1e16|tojson
1.0|tojson
(1, 2)|tojson
e|tojson
nodata|tojson
'\x00\x1f\x7f"\\/\b\f\n\r\t\u2028'|tojson
'é😀'|tojson(ensure_ascii=true)
d|tojson(indent=2)
d|tojson(indent=0)
d|tojson(indent='--')
e|tojson(indent=2)
[[], {}, [1]]|tojson(indent=1)
{'b': 1, 'a': 2}|tojson(sort_keys=true)
{'b': 1, 'a': {'d': 1, 'c': 2}}|tojson(indent=4, sort_keys=true)
d|tojson(separators=(',', ':'))
d|tojson(separators=[',', ':'])
d|tojson(indent=2, separators=(', ', ' : '))
{1: 2, none: 3, true: 4, 2.5: 5}|tojson
{(1, 2): 3}|tojson
{'b': 1, 2: 1}|tojson(sort_keys=true)
range(3)|tojson
d.items()|tojson
l|map('string')|tojson
[missing]|tojson
('inf'|float)|tojson
('nan'|float)|tojson
namespace(a=1)|tojson
a is defined
missing is defined
missing is undefined
missing is not defined
d.name is defined
d.x is defined
n is none
n is not none
a is none
a is number
f is number
t is number
s is number
a is integer
t is integer
f is integer
f is float
a is float
t is boolean
a is boolean
t is true
1 is true
t is false
false is false
0 is false
s is string
a is string
missing is string
d is mapping
l is mapping
l is sequence
s is sequence
d is sequence
a is sequence
missing is sequence
range(3) is sequence
(1, 2) is sequence
d.items() is sequence
(l|select) is sequence
l is iterable
s is iterable
d is iterable
a is iterable
n is iterable
(l|select) is iterable
missing is iterable
range is callable
s.upper is callable
s is callable
missing is callable
1 is odd
2 is odd
-1 is odd
2 is even
1.5 is even
'x' is odd
n is even
9 is divisibleby 3
9 is divisibleby(2)
9 is not divisibleby 2
9 is divisibleby 0
9 is divisibleby
a is eq 5
a is equalto(5)
a is == 5
a is ne 5
a is gt 4
a is greaterthan 5
a is ge 5
a is lt 5
a is lessthan 6
a is le(5)
'x' is lt 1
n is sameas none
t is sameas true
1 is sameas true
a is in [1, 5]
'z' is in 'xyz'
a is in
'abc' is lower
'ABC' is upper
'Abc' is lower
5 is lower
'upper' is filter
'nope' is filter
'odd' is test
'nope' is test
s is escaped
a is nosuch
a is not nosuch
a|nosuch
a is defined and b is defined
a is defined or missing is defined
a is string or a is number
a + 1 is number
not a is string
1 == 1 is true
a is number == true
a is defined is true
a is divisibleby 5 and b
a is in [5] + [6]
s is string and s|length > 3
range(5)
range(2, 5)
range(10, 0, -3)|list
range(0)|list
range(5, 2)|list
range(1, 10, 4)
range(100001)
range(100000)|length
range(-5, 5)|length
range(1, 5, 0)
range('x')
range(1.5)
range()
range(5)|sum
range(5)|last
dict(a=1, b=2)
dict({'x': 1}, y=2)
dict([['a', 1], ['b', 2]])
dict([[1, 2, 3]])
dict([1])
dict()
dict(d)
namespace()
namespace(a=1, b='x')
namespace({'a': 1}, b=2).b
namespace(a=1).a
namespace(a=1).zzz
namespace(a=1)['a']
namespace(a=1).zzz.q
namespace(a=1) is mapping
namespace(items=5).items
joiner(', ')() ~ 'x'
cycler('a', 'b').next()
cycler('a', 'b').current
cycler()
raise_exception('No!')
raise_exception('Role ' ~ a ~ ' unknown')
raise_exception()
strftime_now('%Y-%m-%d')
strftime_now('%d %b %Y')
strftime_now('%A, %B %d, %Y %H:%M:%S')
strftime_now('%y %j %I:%M %p %a %f|%z|%Z|%%')
strftime_now('%-d/%-m %e %k %l %P')
strftime_now('%U %W %w %u %C %D %F %T %R %r %c %x %X %h %n%t.')
strftime_now(5)
strftime_now is defined
[1, 2, 3][1]
'abc'[1]
{'a': 1}.a
{'a': 1}['a']
{'a': {'b': 2}}.a.b
(1 + 2) * 3
((1))
'a'.upper().lower().title()
s.split(', ')[1].upper()
s|upper|lower|title
s|upper ~ 'x'
-5|abs + 1
2 * -3|abs
'x' ~ 1|string
[1, 2]|length + 1
not l|length == 3
l|length > 2 and s
'a' in 'abc' and 'b' in 'abc'
'a' in 'abc' == true
1 in [1] in [[1]]
d.nested.x.y|sum * 2
s.upper
range
d.items is callable
[].append
a.__class__
people[0].name
people[-1]['city']
people[0:2]|length
people[0]['tags'][0]
(people|first).name
(l|sort)[0]
l|sort|first
loop
loop is defined
0.1 ** -2
99.99999999999999
9.999999999999999e22
5e-5
123456.7e-10
1e23
8.41e21
-1.5e-10
words|truncate(9)
'' % missing
'' % l
'' % d.items()
'x'|filesizeformat
n|filesizeformat
(1, 2)|reverse|string|length > 0
s.upper(1)
s.upper(x=1)
s.strip(chars='x')
s.replace(old='l', new='x')
s.join()
s.join(1, 2)
d.keys(1)
d.get('a', 1, 2)
d.get(key='name')
l.index()
l.copy(1)
s.isdigit(1)
'²'.isdigit()
'²'.isdecimal()
'Ⅷ'.isnumeric()
'中文'.isalpha()
'ǅ'.istitle()
'ÀÉ'.isupper()
'٣'.isdigit()
'１２'.isdecimal()
range(10)[::-2]
range(10)[::-2][1:]
range(0, 10, 3)[1:]
self
caller
varargs
none
None
True
False
true
[none, None]
none.x
Undefined
""
''|length
""" + "\n"

SYNTAX = r"""
{{ }}
{{
{{ a
{{ a }
{{ a b }}
{{ 1 + }}
{{ (1 }}
{{ 1) }}
{{ [1, 2 }}
{{ [1 2] }}
{{ {'a' 1} }}
{{ {'a': } }}
{{ {'a': 1 }}
{{ 'abc }}
{{ a..b }}
{{ a.'x' }}
{{ a. }}
{{ a| }}
{{ a|1 }}
{{ a is }}
{{ a ? b }}
{{ $x }}
{{ a = 1 }}
{{ a := 1 }}
{{ not }}
{{ if }}
{{ f(1, x=2, 3) }}
{{ f(x=1, x=2) }}
{{ f(**a, *b) }}
{{ f(*a, *b) }}
{{ f(1 2) }}
{{ x[1 }}
{{ x[] }}
{{ 1 if }}
{{ 1 if true else }}
{{ * }}
{{ 'a' 'b' 1 }}
{{ 1 2 }}
{{ 1a }}
{{ 007 }}
{{ 1..2 }}
{{ a is is b }}
{{ a|nosuch }}
{{ a is nosuch }}
{% %}
{% if %}{% endif %}
{% if a %}
{% if a %}{% endfor %}
{% if a %}{% else %}{% else %}{% endif %}
{% endif %}
{% else %}
{% elif a %}
{% endfor %}
{% nosuch %}
{% 1 %}
{% if a %}{% nosuch %}{% endif %}
{% for %}{% endfor %}
{% for x %}{% endfor %}
{% for x in %}{% endfor %}
{% for 1 in l %}{% endfor %}
{% for x in l %}
{% for x in l %}{% endif %}
{% for x in l %}{% if x %}{% endfor %}
{% for x.y in l %}{% endfor %}
{% set %}
{% set x %}
{% set x = %}
{% set 1 = 2 %}
{% set x.y.z = 2 %}
{% set true = 2 %}
{% set x[0] = 2 %}
{% set [x] = 2 %}
{% macro %}{% endmacro %}
{% macro m %}{% endmacro %}
{% macro m() %}
{% macro m(a=1, b) %}{% endmacro %}
{% macro m(1) %}{% endmacro %}
{% call a %}{% endcall %}
{% filter %}{% endfilter %}
{% filter nosuch %}{% endfilter %}
{% raw %}
{# open
{% if a
{% if a %}x{% endif
{% if a %}x{% endif b %}
a }} b %} c #}
{{ '\N{DASH}' }}
{% with %}{% endwith %}
{% with a %}{% endwith %}
{% generation %}
{% if a is nosuch %}{% endif %}
{% if a|nosuch %}{% endif %}
{% if false %}{{ a|nosuch }}{% endif %}
{% if false %}{{ a is nosuch }}{% endif %}
{% if true %}{{ a|nosuch }}{% endif %}
{{ a|nosuch if false else 1 }}
{{ 1 if true else a is nosuch }}
{% if false %}{% for x in l %}{{ x|nosuch }}{% endfor %}{% endif %}
""" + "\n"

TEMPLATES = r"""
plain text
a\nb\n
a\nb\n\n
\n
a\r\nb\rc\n
{{ a }}\n
{{ a }}\n\nx
{% if a %}\nyes\n{% endif %}\nend
{% if a %}yes{% endif %}\nend
  {% if a %}\n  yes\n  {% endif %}\n  end
  {{ a }}  \n  x
x  {% if a %}y{% endif %}
x\n  {% if a %}y  {% endif %}\nz
  {%+ if a %}\n  yes\n  {%+ endif %}\n
{% if a +%}\n  yes{% endif +%}\n
{%- if a -%}  \n x \n  {%- endif -%} \n z
a  {{- 1 -}}  b
a  {{ 1 -}}  \n b
a \n {{- 1 }}  b
a  {#- c -#}  b
a  {# c #}\n  b
a\n  {# c #}\n  b
a\n  {#+ c #}\nb
a {# c +#}\nb
{# multi\nline\n#}x
{# {{ a }} {% if %} #}x
{#- -#}
{##}x
x{#-#}y
{% raw %}{{ a }} {% if %}{% endraw %}
{% raw %}\n x \n{% endraw %}\ny
{%- raw -%}  {{ a }}  {%- endraw -%}  y
  {% raw %}x{% endraw %}  \n  {% raw %}\n y{% endraw %}
{{ '{{' }} {{ '%}' }} {{ "}}" }}
{{ {'a': {'b': 1}}.a.b }}{{ {'a': {'b': {}}} }}
{{'a'}}{{-1}}{{ -1 }}{{+1}}
{ { a } } { % if % } {a}
a{% if a %}{% endif %}b
\t{% if a %}\t{% endif %}\tb
 {% if a %}  {% if a %}x{% endif %}  {% endif %}
{% if n %}1{% elif a %}2{% else %}3{% endif %}
{% if n %}1{% elif n %}2{% else %}3{% endif %}
{% if n %}1{% elif n %}2{% endif %}.
{% if a > 3 and b < 0 %}x{% endif %}
{% if missing %}x{% else %}y{% endif %}
{% if missing.x %}x{% endif %}
{% if a: %}x{% endif %}
{% for x in l %}{{ x }},{% endfor %}
{% for x in l -%} {{ x }} {%- endfor %}
{% for x in e %}x{% else %}none{% endfor %}
{% for x in l %}x{% else %}none{% endfor %}
{% for x in missing %}x{% else %}none{% endfor %}
{% for x in n %}x{% endfor %}
{% for x in 5 %}x{% endfor %}
{% for c in 'añ😀' %}[{{ c }}]{% endfor %}
{% for k in d %}{{ k }} {% endfor %}
{% for k, v in d.items() %}{{ k }}={{ v }} {% endfor %}
{% for k, v in d|dictsort %}{{ k }} {% endfor %}
{% for k, v in {'a': 1}|items %}{{ k }}{{ v }}{% endfor %}
{% for (a, b), c in [[[1, 2], 3]] %}{{ a }}{{ b }}{{ c }}{% endfor %}
{% for a, in [[1], [2]] %}{{ a }}{% endfor %}
{% for a, b in [[1]] %}{% endfor %}
{% for a, b in [[1, 2, 3]] %}{% endfor %}
{% for a, b in [1] %}{% endfor %}
{% for a, b in ['xy', 'zw'] %}{{ b }}{{ a }}{% endfor %}
{% for x in l %}{{ loop.index }}{{ loop.index0 }}{{ loop.revindex }}{{ loop.revindex0 }}{{ loop.first }}{{ loop.last }}{{ loop.length }} {% endfor %}
{% for x in l %}{{ loop.previtem }}<{{ x }}>{{ loop.nextitem }} {% endfor %}
{% for x in l %}{{ loop.previtem is defined }}{{ loop.nextitem is defined }} {% endfor %}
{% for x in l %}{{ loop.previtem.x }}{% endfor %}
{% for x in l %}{{ loop.cycle('a', 'b') }}{% endfor %}
{% for x in l %}{{ loop.cycle() }}{% endfor %}
{% for x in [1, 1, 2, 2, 1] %}{{ loop.changed(x) }} {% endfor %}
{% for x in l %}{{ loop.depth }}{{ loop.depth0 }}{% endfor %}
{% for x in l %}{{ loop.nothing }}{% endfor %}
{% for x in l %}{{ loop.nothing.x }}{% endfor %}
{% for x in l %}{{ loop }}{% endfor %}
{% for x in l|select('odd') %}{{ x }}{{ loop.last }}{{ loop.length }}{{ loop.nextitem }} {% endfor %}
{% for x in l if x > 1 %}{{ x }}{{ loop.index }}{{ loop.length }}{{ loop.last }} {% endfor %}
{% for x in l if x > 9 %}{{ x }}{% else %}none{% endfor %}
{% for x in l if loop.first %}{{ x }}{% endfor %}
{% for x in l if x is odd and x != 1 %}{{ x }}{% endfor %}
{% for x in (l if a else e) %}{{ x }}{% endfor %}
{% for x in 1, 2, 3 %}{{ x }}{% endfor %}
{% for x in l[::-1] %}{{ x }}{% endfor %}
{% for x in range(3) %}{% for y in range(2) %}{{ loop.index }}{{ x }}{{ y }} {% endfor %}{{ loop.index }}{% endfor %}
{% for x in l %}{% set outer = loop %}{% for y in 'ab' %}{{ outer.index }}{{ loop.index }} {% endfor %}{% endfor %}
{% for x in range(6) %}{% if x == 1 %}{% continue %}{% endif %}{% if x == 4 %}{% break %}{% endif %}{{ x }}{% endfor %}
{% for x in l %}{% break %}{% else %}none{% endfor %}.
{% for x in l %}{% for y in l %}{% break %}{% endfor %}{{ x }}{% endfor %}
{% for x in l %}{% if true %}{% if true %}{% continue %}{% endif %}{% endif %}{{ x }}{% endfor %}.
{% for x in l %}{% set y %}{% if x == 1 %}{% continue %}{% endif %}{{ x }}{% endset %}{{ y }};{% endfor %}
{% for x in tree recursive %}{{ x.v }}({{ loop(x.kids) }}){% endfor %}
{% for x in tree recursive %}{{ loop.depth }}{{ x.v }}{% if x.kids %}[{{ loop(x.kids) }}]{% endif %}{% endfor %}
{% for x in l %}{{ loop(l) }}{% endfor %}
{% for x in l %}{{ x }}{% endfor %}{{ x }}
{% set x = 'out' %}{% for x in l %}{{ x }}{% endfor %}{{ x }}
{% set x = 1 %}{% for i in l %}{{ x }}{% set x = x + 1 %}{{ x }} {% endfor %}{{ x }}
{% for i in l %}{% if loop.first %}{% set z = i %}{% endif %}{{ z }}{% endfor %}
{% set x = 1 %}{{ x }}
{% set x, y = 1, 2 %}{{ x }}{{ y }}
{% set x, y = [1, 2] %}{{ x }}{{ y }}
{% set (x, (y, z)) = (1, (2, 3)) %}{{ x }}{{ y }}{{ z }}
{% set x = 1, 2 %}{{ x }}
{% set x, y = 1 %}
{% set x, y = 1, 2, 3 %}
{% set x = y = 1 %}
{% set x %}block {{ a }}{% endset %}[{{ x }}]
{% set x | upper %}block {{ a }}{% endset %}[{{ x }}]
{% set x | upper | replace('B', 'c') %}block{% endset %}[{{ x }}]
{% set x | trim %}\n  y\n{% endset %}[{{ x }}]
{% set x %}{% set y = 1 %}{{ y }}{% endset %}{{ x }}{{ y }}
{% if true %}{% set x = 1 %}{% endif %}{{ x }}
{% if false %}{% set x = 1 %}{% endif %}{{ x }}
{% if false %}{% set a = 1 %}{% endif %}{{ a }}
{% set a = a + 1 %}{{ a }}
{% set ns = namespace(x=1) %}{% for i in l %}{% set ns.x = ns.x + i %}{% endfor %}{{ ns.x }}
{% set ns = namespace() %}{% set ns.new = 5 %}{{ ns.new }}{{ ns }}
{% set ns = namespace() %}{% set ns.a, ns.b = 1, 2 %}{{ ns.a }}{{ ns.b }}
{% set ns = namespace() %}{% set ns.x %}blk{% endset %}{{ ns.x }}
{% set d.x = 1 %}
{% set nope.x = 1 %}
{% set ns = namespace(x=1) %}{{ ns.y }}{{ ns.y is defined }}
{% set ns = namespace(found=false) %}{% for m in messages_ %}{% if m.role == 'user' and not ns.found %}{% set ns.found = true %}{{ m.content }}{% endif %}{% endfor %}
{% set ns = namespace(stop=false) %}{% for x in l if not ns.stop %}{{ x }}{% if x == 1 %}{% set ns.stop = true %}{% endif %}{% endfor %}
{% macro m(x) %}[{{ x }}]{% endmacro %}{{ m(1) }}{{ m('a') }}
{% macro m(x, y=2, z='c') %}{{ x }}{{ y }}{{ z }} {% endmacro %}{{ m(1) }}{{ m(1, 5) }}{{ m(1, z=9) }}{{ m(x=0) }}
{% macro m(x) %}{{ x }}{{ x is defined }}{% endmacro %}{{ m() }}
{% macro m(x) %}{{ x.y }}{% endmacro %}{{ m() }}
{% macro m(x, y=x) %}{{ y }}{% endmacro %}{{ m(3) }}
{% macro m(x=y) %}{{ x }}{% endmacro %}{% set y = 4 %}{{ m() }}
{% macro m() %}{{ a }}{% endmacro %}{{ m() }}
{% macro m() %}{{ late }}{% endmacro %}{% set late = 4 %}{{ m() }}
{% macro m() %}{% set q = 4 %}{{ q }}{% endmacro %}{{ m() }}{{ q }}
{% macro m(x) %}{{ x }}{% endmacro %}{{ m(1, 2) }}
{% macro m(x) %}{{ x }}{% endmacro %}{{ m(y=2) }}
{% macro m(x) %}{{ x }}{{ varargs }}{% endmacro %}{{ m(1, 2, 3) }}{{ m(1) }}
{% macro m(x) %}{{ x }}{{ kwargs }}{% endmacro %}{{ m(1, y=2) }}{{ m(1) }}
{% macro m() %}{{ varargs|length }}{{ kwargs|length }}{% endmacro %}{{ m(*l, **{'q': 1}) }}
{% macro m(a, b) %}{{ a }}{{ b }}{% endmacro %}{{ m(*[1, 2]) }}{{ m(**{'a': 3, 'b': 4}) }}
{% macro m(a) %}{{ a }}{% endmacro %}{{ m(*5) }}
{% macro m(a) %}{{ a }}{% endmacro %}{{ m(**5) }}
{% macro m() %}x{% endmacro %}{{ m }}{{ m.name }}{{ m.arguments }}{{ m.catch_kwargs }}{{ m.caller }}
{% macro f(n) %}{% if n > 0 %}{{ n }}{{ f(n - 1) }}{% endif %}{% endmacro %}{{ f(5) }}
{% macro m() %}  x  {% endmacro %}[{{ m() }}][{{ m()|trim }}]
{% macro m() -%}\n  x\n{%- endmacro %}[{{ m() }}]
{% macro m() %}{{ caller() }}{% endmacro %}{% call m() %}body{% endcall %}
{% macro m() %}<{{ caller(1, 2) }}>{% endmacro %}{% call(x, y=9) m() %}{{ x }}{{ y }}{% endcall %}
{% macro m() %}{{ caller('v') }}{% endmacro %}{% for i in l %}{% call(v) m() %}{{ i }}{{ v }}{% endcall %}{% endfor %}
{% macro m() %}{{ caller() }}{% endmacro %}{{ m() }}
{% macro m() %}x{% endmacro %}{% call m() %}body{% endcall %}
{% macro m(caller) %}{{ caller }}{% endmacro %}{{ m(1) }}
{% call s.upper() %}x{% endcall %}
{% macro a1() %}1{% endmacro %}{% macro a2() %}{{ a1() }}2{% endmacro %}{{ a2() }}
{% for x in l %}{% macro m() %}{{ x }}{% endmacro %}{{ m() }}{% endfor %}
{% if true %}{% macro m() %}x{% endmacro %}{% endif %}{{ m() }}
{{ m() }}{% macro m() %}x{% endmacro %}
{% macro m() %}{% for x in l %}{{ loop.index }}{% endfor %}{% endmacro %}{% for q in 'ab' %}{{ m() }}{{ loop.index }} {% endfor %}
{% filter upper %}abc {{ s }}{% endfilter %}
{% filter replace('a', 'b') %}banana{% endfilter %}
{% filter upper|replace('A', 'x') %}banana{% endfilter %}
{% filter length %}abc{% endfilter %}
{% filter trim %}\n a \n{% endfilter %}
{% filter upper %}{% set y = 1 %}{{ y }}{% endfilter %}{{ y }}
{% with x = 1, y = 2 %}{{ x }}{{ y }}{% endwith %}{{ x }}
{% with x = a, a = 7 %}{{ x }}{{ a }}{% endwith %}{{ a }}
{% with %}{% set x = 1 %}{{ x }}{% endwith %}{{ x }}
{% print 1, 'a' %}
{% generation %}x{{ a }}{% endgeneration %}\ny
{% for m in messages_ %}{% if m.role == 'assistant' %}{% generation %}{{ m.content }}{% endgeneration %}{% endif %}{% endfor %}
{% generation %}{% set g = 1 %}{% endgeneration %}{{ g }}
{% set j = joiner(', ') %}{% for x in l %}{{ j() }}{{ x }}{% endfor %}
{% set j = joiner() %}{{ j() }}{{ j() }}
{% set c = cycler('a', 'b') %}{{ c.next() }}{{ c.next() }}{{ c.next() }}{{ c.current }}{{ c.reset() }}{{ c.next() }}
{% set g = l|select('odd') %}{{ g|list }}{{ g|list }}
{% set g = l|map('string') %}{% for x in g %}{{ x }}{% break %}{% endfor %}{{ g|list }}
{% set r = l|reverse %}{{ r|first }}{{ r|list }}
{% for g in people|groupby('age') %}{{ g.grouper }}:{{ g.list|length }} {% endfor %}
{% for age, who in people|groupby('age') %}{{ age }}:{{ who|map(attribute='name')|join('+') }} {% endfor %}
{{ people|groupby('age') }}
{% if 'x' in d and d.x is not none %}y{% endif %}
{%- set loop_messages = messages_[1:] %}{{ loop_messages|length }}
{% if messages_[0].role == 'system' %}{% set system = messages_[0].content %}{% set rest = messages_[1:] %}{% endif %}{{ system }}{{ rest|length }}
{% for m in messages_ %}{% if m.content is string %}{{ m.content }}{% else %}{% for c in m.content %}{% if c.type == 'text' %}{{ c.text }}{% elif c.type == 'image' %}<image>{% endif %}{% endfor %}{% endif %}|{% endfor %}
{% for m in messages_ %}{% if (m['role'] == 'user') != (loop.index0 % 2 == 0) %}{{ raise_exception('Roles must alternate') }}{% endif %}{% endfor %}
{% for m in messages_ %}{{ '<|' + m['role'] + '|>' + m['content'] }}{% endfor %}
{% for m in messages_ %}{{ '<|' ~ m['role'] ~ '|>' ~ m['content'] }}{% endfor %}
{% for m in messages_ %}{{ m.tool_calls is defined }}{{ m.tool_calls is none }} {% endfor %}
{% for m in messages_ if m.role == 'user' %}{{ loop.index }}{% if loop.last %}last{% endif %}{% endfor %}
{{ messages_|length - 1 }}{{ (messages_|length) - 1 }}{{ messages_|length -1 }}
{%- for m in messages_ %}\n    {%- if m.role == 'user' %}\n        {{- '[U]' }}\n    {%- elif m.role == 'system' %}\n        {{- '[S]' + m.content }}\n    {%- else %}\n        {{- '[A]' }}\n    {%- endif %}\n{%- endfor %}\n
{% macro tool(t) %}\n{{ t.name }}:\n  {%- for k, v in t.args.items() %}\n - {{ k }}={{ v|tojson }}\n  {%- endfor %}\n{% endmacro %}{{ tool({'name': 'f', 'args': {'x': 1, 'y': 'é'}}) }}
{% macro type(s) %}{% if s.type == 'array' %}{{ type(s.of) }}[]{% else %}{{ s.type }}{% endif %}{% endmacro %}{{ type({'type': 'array', 'of': {'type': 'array', 'of': {'type': 'string'}}}) }}
{% set x = {'a': [1, 2]} %}{% for k in x %}{{ k }}{{ x[k] }}{% endfor %}
{% set s2 = s %}{% set s2 = s2 + '!' %}{{ s2 }}{{ s }}
{{ a }}{{ b }}{{ f }}{{ n }}{{ t }}{{ l }}{{ e }}
{% for x in l %}\n{{ x }}\n{% endfor %}\n
{% for x in l %}\n  {{ x }}\n  {% endfor %}\n.
<s>{{ s }}</s>\n{% if a %}\n\n{% endif %}\n
{% if a %}\t\n{% endif %}x
{%if a%}x{%endif%}{{a}}{%-if a-%} y {%-endif-%}
{% if not a is string %}1{% endif %}{% if a is not string %}2{% endif %}
{{ raise_exception('multi\nline') }}
{% if n %}{{ raise_exception('no') }}{% endif %}ok
{% include 'x' %}
{{ lipsum(1) is string }}
{% set x = 1 %}{% set x = x ~ x %}{% set x = x ~ x %}{{ x }}
{% set items = [] %}{% for x in l %}{% set items = items + [x] %}{% endfor %}{{ items }}
{% set items = namespace(v=[]) %}{% for x in l %}{% set items.v = items.v + [x * 2] %}{% endfor %}{{ items.v }}
{{ [1, 2, 3]|map('string')|join(', ') }}{{ ['a']|first|upper }}
{{ ['b', 'a']|sort|join }}{{ 'x' if 'a' in ['b', 'a'] }}
{{ {'role': 'user'}.role }}{{ {'a': 1}|length }}
{% for x in l %}{{ ',' if not loop.first }}{{ x }}{% endfor %}
{% for x in l %}{{ x }}{{ ',' if not loop.last else '.' }}{% endfor %}
{% for x in [] %}{% endfor %}{{ loop is defined }}
{% for x in l recursive %}{{ x }}{% endfor %}
{% for x, in [(1,)] %}{{ x }}{% endfor %}
{% for recursive in [1] %}x{% endfor %}
{% for x in l %}{% for y in e %}{% else %}a{% break %}{% endfor %}b{% endfor %}.
{% for x in l %}{% for y in e %}{% else %}a{% continue %}{% endfor %}b{% endfor %}.
{% for x in l %}{% continue %}{% else %}none{% endfor %}
{% break %}
{% for x in l %}{% else %}{% continue %}{% endfor %}
{% for x in l %}{% macro m() %}{% break %}{% endmacro %}{% endfor %}
{{ a }} {{ 'open
{% if a %}{{ 1 2 }}{% endif %}{{ 'open
{% macro m() %}{{ caller }}{% endmacro %}{{ m(caller=5) }}
{% macro m(x) %}{{ x }}{% endmacro %}{{ m(x=1, caller=5) }}
{% macro m(x) %}{{ x }}{% endmacro %}{{ m(1, x=2) }}
{% set x = namespace(a=1) %}{{ x.__class__ }}{{ x._a }}
""" + "\n"

# Where Python's own wording of a failure follows from its internals.
TYPE_ONLY = {
    "{{ range(1.5) }}", "{{ range('x') }}", "{{ range() }}", "{{ cycler() }}", "{{ l.index() }}",
    "{{ raise_exception() }}", "{{ s.replace('l') }}", "{{ 9 is divisibleby }}", "{{ a is in }}",
    "{{ missing|indent }}", "{{ l|dictsort }}", "{{ 'a'|trim(1) }}", "{{ ','.join(5) }}", "{{ 5|filesizeformat }}",
    "{% macro m(a) %}{{ a }}{% endmacro %}{{ m(*5) }}", "{% macro m(a) %}{{ a }}{% endmacro %}{{ m(**5) }}",
    "{% include 'x' %}", "{{ 'a'|int('x', 'y') }}", "{{ '{:>5}'.format(none) }}", "{{ '{:d}'.format('x') }}",
    "{{ d.get() }}", "{{ f(x=1, x=2) }}", "{{ '\\x4' }}", "{{ '\\u12' }}", "{{ '\\N{DASH}' }}",
}
# What this project answers otherwise, by decision; each is named in the documentation of ChatTemplate.
LEFT_OUT = {"{{ lipsum(1) is string }}", "{% include 'x' %}", "{{ '\\N{DASH}' }}", "{{ self }}", "{{ 1e21 + 1 }}x"}


class Generation(jinja2.ext.Extension):
    """The generation tag as a plain block; transformers' own also notes where the text stands."""

    tags = {"generation"}

    def parse(self, parser):
        line = next(parser.stream).lineno
        body = parser.parse_statements(["name:endgeneration"], drop_needle=True)
        return jinja2.nodes.CallBlock(self.call_method("_text"), [], [], body).set_lineno(line)

    def _text(self, caller):
        return caller()


def environment():
    env = jinja2.sandbox.ImmutableSandboxedEnvironment(
        trim_blocks=True, lstrip_blocks=True, extensions=[Generation, jinja2.ext.loopcontrols]
    )

    def tojson(x, ensure_ascii=False, indent=None, separators=None, sort_keys=False):
        return json.dumps(x, ensure_ascii=ensure_ascii, indent=indent, separators=separators, sort_keys=sort_keys)

    def raise_exception(message):
        raise jinja2.exceptions.TemplateError(message)

    env.filters["tojson"] = tojson
    env.globals["raise_exception"] = raise_exception
    env.globals["strftime_now"] = lambda form: NOW.strftime(form)
    return env


def answer(env, template):
    case = {"template": template}
    try:
        case["text"] = env.from_string(template).render(**copy.deepcopy(CONTEXT))
    except Exception as failure:
        case["error"] = type(failure).__name__
        case["message"] = str(getattr(failure, "message", None) or failure)
        if isinstance(failure, SyntaxError):
            case["error"], case["message"] = "TemplateSyntaxError", failure.msg
        if template in TYPE_ONLY:
            del case["message"]
    return case


def main():
    env = environment()
    templates = ["{{ %s }}" % line.replace("\\\n", "\\n") for line in EXPRESSIONS.strip("\n").split("\n")]
    templates += SYNTAX.strip("\n").split("\n")
    templates += [
        line.replace("\\r", "\r").replace("\\n", "\n").replace("\\t", "\t") for line in TEMPLATES.strip("\n").split("\n")
    ]
    cases = [answer(env, template) for template in dict.fromkeys(templates) if template not in LEFT_OUT]
    # Addresses of objects differ from run to run.
    cases = [case for case in cases if " at 0x" not in case.get("text", "") + case.get("message", "")]
    golden = {
        "made_with": f"jinja2 {jinja2.__version__}, Python {platform.python_version()}",
        "context": CONTEXT,
        "cases": cases,
    }
    here = pathlib.Path(__file__).resolve().parent.parent / "resources/goldens/chat_template/jinja_snippets.json"
    target = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else here
    lines = [json.dumps(case, ensure_ascii=True) for case in golden.pop("cases")]
    head = json.dumps(golden, ensure_ascii=True)[:-1]
    target.write_text(head + ', "cases": [\n' + ",\n".join(lines) + "\n]}\n")
    print(len(lines), "cases,", sum("error" in line[:200] for line in lines), "with errors")


if __name__ == "__main__":
    main()
