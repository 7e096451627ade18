//! Calling conventions: more arguments than registers, wide and narrow ones mixed, structs by value, results in
//! memory and in registers, function pointers, trait objects, recursion.

use crate::operations;

operations! {
    "6 arguments"(a: u64, b: u64, c: u64, d: u64, e: u64, f: u64) => six(a, b, c, d, e, f);
    "7 arguments, mixed"(a: u8, b: i64, c: u16, d: u128, e: i8, f: u32, g: i16) => seven(a, b, c, d, e, f, g);
    "8 arguments, mixed"(a: i8, b: u64, c: i32, d: u16, e: u128, f: i64, g: u8, h: i128) => eight(a, b, c, d, e, f, g, h);
    "9 arguments, C"(a: u32, b: i64, c: u8, d: i16, e: i8, f: u64, g: u16, h: i32, i: u64) => nine(a, b, c, d, e, f, g, h, i);
    "10 arguments, C"(a: u64, b: u8, c: i8, d: u16, e: i16, f: u32, g: i32, h: u64, i: i64, j: u8) =>
        ten(a, b, c, d, e, f, g, h, i, j);
    "11 arguments with references"(a: u64, b: u32, c: i64, d: u128) => {
        let (mut sum, text) = (0, "eleven");
        let order = eleven(&a, b, &c, d, text, &mut sum, a, !b, c, !d, Some(b));
        (order, sum)
    };
    "12 arguments"(a: u64, b: u64, c: u64, d: i32, e: u16, f: i8) =>
        twelve(a, b, c, d, e, f, !a, !b, !c, d ^ 5, e ^ 6, f ^ 7);
    "12 arguments, nested"(a: u64, b: u64, c: u64, d: i32, e: u16, f: i8) => {
        let inner = twelve(a, b, c, d, e, f, a, b, c, d, e, f);
        twelve(inner, six(a, b, c, a, b, c), c, d, e, f, inner, a, b, d, e, f)
    };
    "wide results"(a: u128, b: u64, c: i64) => (pass_u128(a, b), pass_i128(a as i128, c), pass_pair(a, b), option(a, b), (result(a, b), 0u8));
    "large struct by value"(a: u64, b: i8, c: u128, d: u16) => turn(Large::new(a, b, c, d), b).encoded();
    "large struct among arguments"(a: u64, b: i8, c: u128, d: u16) =>
        blend(a, Large::new(a, b, c, d), c, Large::new(!a, !b, !c, !d), b, d).encoded();
    "small structs"(a: u32, b: u8, c: i16, d: u64) => small(Small { a, b, c }, Word(d), Small { a: !a, b: !b, c: !c });
    "array result"(a: u64, b: u64) => array(a, b);
    "function pointers"(a: u64, b: u64, which: u8) => {
        let table: [Six; 3] = [six, six_rotated, |a, b, c, d, e, f| six(f, e, d, c, b, a)];
        table[usize::from(which) % 3](a, b, !a, !b, a ^ b, a & b)
    };
    "trait objects"(a: u64, b: i8, c: u128) => {
        let shapes: [Box<dyn Mixer>; 3] = [Box::new(Word(a)), Box::new(Small { a: 7, b: 9, c: b.into() }), Box::new(c)];
        let first = shapes.iter().fold(c, |acc, shape| shape.mix(a, b, acc, a as u16, b as i32, !a));
        (first, shapes[usize::from(b as u8) % 3].mix(1, 2, 3, 4, 5, 6))
    };
    "closures"(a: u64, b: u128, c: i8) => {
        let add = |x: u128| x.wrapping_add(b).wrapping_add(a.into());
        let twice = |f: &dyn Fn(u128) -> u128, x| f(f(x));
        (twice(&add, b), twice(&|x| x ^ u128::from(a), c as u128))
    };
    "recursion"(a: u8, b: u8) => (fibonacci(u64::from(a % 15)), ackermann(u64::from(a % 3), u64::from(b % 6)), is_even(b % 40));
    "recursion with arguments on the stack"(a: u64, b: u64, depth: u8) => deep(depth % 20, a, b, !a, !b, a ^ b, 0, a.into());
    "locals across calls"(a: u64, b: u64, c: u64, d: u64) => {
        let (p, q, r) = (six(a, b, c, d, a, b), six(b, c, d, a, b, c), six(c, d, a, b, c, d));
        let s = pass_u128(a.into(), p ^ q);
        (p, q, r, s, (a.wrapping_sub(b), c ^ d))
    };
}

// Known limit, hence not below: LLVM 23 passes an i8 or i16 of an `extern "C"` function beyond the fifth argument
// extended to 32 bits and takes it for extended to 64, so a negative one arrives wrong. Functions of Rust's own calling
// convention are not affected, and no program's interface has such a function.

/// Every argument at a weight of its own: swapped or stale ones change the result.
fn weigh(terms: &[u64]) -> u64 {
    terms
        .iter()
        .fold(17, |acc, term| acc.wrapping_mul(1_000_003).wrapping_add(*term).rotate_left(7))
}

type Six = fn(u64, u64, u64, u64, u64, u64) -> u64;

#[inline(never)]
fn six(a: u64, b: u64, c: u64, d: u64, e: u64, f: u64) -> u64 {
    weigh(&[a, b, c, d, e, f])
}

#[inline(never)]
fn six_rotated(a: u64, b: u64, c: u64, d: u64, e: u64, f: u64) -> u64 {
    six(b, c, d, e, f, a).wrapping_sub(a)
}

#[inline(never)]
fn seven(a: u8, b: i64, c: u16, d: u128, e: i8, f: u32, g: i16) -> u64 {
    weigh(&[a.into(), b as u64, c.into(), d as u64, (d >> 64) as u64, e as u64, f.into(), g as u64])
}

#[inline(never)]
#[allow(clippy::too_many_arguments)]
fn eight(a: i8, b: u64, c: i32, d: u16, e: u128, f: i64, g: u8, h: i128) -> (u64, i128) {
    let sum =
        weigh(&[a as u64, b, c as u64, d.into(), e as u64, (e >> 64) as u64, f as u64, g.into()]);
    (sum, h.wrapping_sub(e as i128))
}

#[inline(never)]
#[allow(clippy::too_many_arguments)]
extern "C" fn nine(a: u32, b: i64, c: u8, d: i16, e: i8, f: u64, g: u16, h: i32, i: u64) -> u64 {
    weigh(&[a.into(), b as u64, c.into(), d as u64, e as u64, f, g.into(), h as u64, i])
}

#[inline(never)]
#[allow(clippy::too_many_arguments)]
extern "C" fn ten(
    a: u64,
    b: u8,
    c: i8,
    d: u16,
    e: i16,
    f: u32,
    g: i32,
    h: u64,
    i: i64,
    j: u8,
) -> i64 {
    weigh(&[a, b.into(), c as u64, d.into(), e as u64, f.into(), g as u64, h, i as u64, j.into()])
        as i64
}

#[inline(never)]
#[allow(clippy::too_many_arguments)]
fn eleven(
    a: &u64,
    b: u32,
    c: &i64,
    d: u128,
    text: &str,
    sum: &mut u64,
    e: u64,
    f: u32,
    g: i64,
    h: u128,
    i: Option<u32>,
) -> Option<u64> {
    *sum = weigh(&[
        *a,
        b.into(),
        *c as u64,
        d as u64,
        (h >> 64) as u64,
        text.len() as u64,
        e,
        f.into(),
        g as u64,
    ]);
    i.map(|i| weigh(&[*sum, i.into()])).filter(|sum| sum % 3 != 0)
}

#[inline(never)]
#[allow(clippy::too_many_arguments)]
fn twelve(
    a: u64,
    b: u64,
    c: u64,
    d: i32,
    e: u16,
    f: i8,
    g: u64,
    h: u64,
    i: u64,
    j: i32,
    k: u16,
    l: i8,
) -> u64 {
    weigh(&[a, b, c, d as u64, e.into(), f as u64, g, h, i, j as u64, k.into(), l as u64])
}

#[inline(never)]
fn pass_u128(a: u128, b: u64) -> u128 {
    a.wrapping_mul(3) ^ u128::from(b)
}

#[inline(never)]
fn pass_i128(a: i128, b: i64) -> i128 {
    a.wrapping_sub(i128::from(b)) >> 3
}

#[inline(never)]
fn pass_pair(a: u128, b: u64) -> (u128, u64) {
    (a.rotate_left(64), b.rotate_left(32))
}

#[inline(never)]
fn option(a: u128, b: u64) -> Option<u128> {
    a.checked_mul(b.into())
}

#[inline(never)]
fn result(a: u128, b: u64) -> Result<i128, String> {
    i128::try_from(a).map_err(|error| format!("{b}: {error}"))
}

#[derive(Clone)]
struct Large {
    a: u64,
    b: i8,
    c: u128,
    d: u16,
    bytes: [u8; 77],
    words: [u64; 9],
}

impl Large {
    fn new(a: u64, b: i8, c: u128, d: u16) -> Self {
        Self {
            a,
            b,
            c,
            d,
            bytes: [b as u8; 77],
            words: std::array::from_fn(|i| a.rotate_left(i as u32)),
        }
    }

    fn encoded(&self) -> (u64, i8, u128, u16, u64) {
        let bytes = self
            .bytes
            .iter()
            .fold(0, |acc: u64, byte| acc.wrapping_mul(31).wrapping_add((*byte).into()));
        (self.a, self.b, self.c, self.d, bytes ^ weigh(&self.words))
    }
}

#[inline(never)]
fn turn(mut large: Large, by: i8) -> Large {
    large.words.rotate_left(usize::from(by as u8) % 9);
    large.bytes[usize::from(by as u8) % 77] ^= 0x5a;
    large.c = large.c.wrapping_add(large.d.into());
    large.a ^= large.words[0];
    large
}

#[inline(never)]
fn blend(a: u64, x: Large, b: u128, y: Large, c: i8, d: u16) -> Large {
    let mut large = if c < 0 { turn(x.clone(), c) } else { y.clone() };
    large
        .words
        .iter_mut()
        .zip(x.words)
        .zip(y.words)
        .for_each(|((to, x), y)| *to ^= x.wrapping_add(y));
    Large {
        a: large.a ^ a,
        c: x.c ^ y.c ^ b,
        d: x.d.wrapping_mul(y.d).wrapping_add(d),
        b: x.b ^ y.b,
        ..large
    }
}

#[derive(Clone, Copy)]
struct Small {
    a: u32,
    b: u8,
    c: i16,
}

#[derive(Clone, Copy)]
struct Word(u64);

#[inline(never)]
fn small(x: Small, word: Word, y: Small) -> (u64, Option<u16>) {
    (
        weigh(&[x.a.into(), x.b.into(), x.c as u64, word.0, y.a.into(), y.b.into(), y.c as u64]),
        u16::try_from(x.c).ok(),
    )
}

#[inline(never)]
fn array(a: u64, b: u64) -> [u64; 12] {
    std::array::from_fn(|i| a.wrapping_mul(i as u64).wrapping_sub(b))
}

trait Mixer {
    fn mix(&self, a: u64, b: i8, c: u128, d: u16, e: i32, f: u64) -> u128;
}

impl Mixer for Word {
    fn mix(&self, a: u64, b: i8, c: u128, d: u16, e: i32, f: u64) -> u128 {
        c ^ u128::from(weigh(&[self.0, a, b as u64, d.into(), e as u64, f]))
    }
}

impl Mixer for Small {
    fn mix(&self, a: u64, b: i8, c: u128, d: u16, e: i32, f: u64) -> u128 {
        c.wrapping_mul(
            weigh(&[
                self.a.into(),
                self.b.into(),
                self.c as u64,
                a,
                b as u64,
                d.into(),
                e as u64,
                f,
            ])
            .into(),
        )
    }
}

impl Mixer for u128 {
    fn mix(&self, a: u64, b: i8, c: u128, d: u16, e: i32, f: u64) -> u128 {
        (self / c.max(1)) ^ u128::from(weigh(&[a, b as u64, d.into(), e as u64, f]))
    }
}

#[inline(never)]
fn fibonacci(n: u64) -> u64 {
    if n < 2 { n } else { fibonacci(n - 1) + fibonacci(n - 2) }
}

/// Its depth stays below the VM's 64 frames for the operands above.
#[inline(never)]
fn ackermann(m: u64, n: u64) -> u64 {
    match (m, n) {
        (0, n) => n + 1,
        (m, 0) => ackermann(m - 1, 1),
        (m, n) => ackermann(m - 1, ackermann(m, n - 1)),
    }
}

#[inline(never)]
fn is_even(n: u8) -> bool {
    n == 0 || is_odd(n - 1)
}

#[inline(never)]
fn is_odd(n: u8) -> bool {
    n != 0 && is_even(n - 1)
}

#[inline(never)]
#[allow(clippy::too_many_arguments)]
fn deep(depth: u8, a: u64, b: u64, c: u64, d: u64, e: u64, sum: u64, wide: u128) -> (u64, u128) {
    if depth == 0 {
        return (weigh(&[a, b, c, d, e, sum]), wide);
    }
    let (below, wide) = deep(depth - 1, b, c, d, e, a, sum ^ a, wide.wrapping_mul(b.into()));
    (below.wrapping_add(a).wrapping_sub(e), wide ^ u128::from(below))
}
