//! What an operation is, and how operands and results travel.

/// One thing to compute, the same on host and VM.
pub struct Operation {
    pub name: &'static str,
    /// The operands of one case, from which the host draws suitable values.
    pub operands: &'static [Kind],
    /// Takes one case off the operands and appends its result. Panics where the operation panics.
    pub run: fn(&mut &[u8], &mut Vec<u8>),
}

impl Operation {
    /// Bytes of one case.
    pub fn case_size(&self) -> usize {
        self.operands.iter().map(|kind| kind.size()).sum()
    }
}

/// Writes a table of operations: `"name"(operand: type, ...) => expression`, the expression being the result.
#[macro_export]
macro_rules! operations {
    ($($name:literal($($operand:ident: $type:ty),*) => $result:expr;)*) => {
        pub const OPERATIONS: &[$crate::Operation] = &[$($crate::Operation {
            name: $name,
            operands: &[$(<$type as $crate::operation::Operand>::KIND),*],
            run: |operands, results| {
                $(let $operand = <$type as $crate::operation::Operand>::read(operands);)*
                $crate::operation::Encode::encode(&$result, results);
            },
        }),*];
    };
}

/// A type that can be an operand.
pub trait Operand: Sized {
    const KIND: Kind;
    /// Takes one value off the front. `execute` has checked that it is there.
    fn read(from: &mut &[u8]) -> Self;
}

/// A type that can be a result.
pub trait Encode {
    fn encode(&self, to: &mut Vec<u8>);
}

macro_rules! numbers {
    ($($type:ty => $kind:ident),*) => {
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Kind { $($kind),* }

        impl Kind {
            pub const fn size(self) -> usize {
                match self { $(Kind::$kind => size_of::<$type>()),* }
            }

            /// One encoded operand as Rust would print it, for reports.
            pub fn show(self, mut bytes: &[u8]) -> String {
                match self { $(Kind::$kind => format!("{:?}", <$type>::read(&mut bytes))),* }
            }
        }

        $(impl Operand for $type {
            const KIND: Kind = Kind::$kind;
            fn read(from: &mut &[u8]) -> Self {
                let (bytes, rest) = from.split_first_chunk().expect("operands were counted");
                *from = rest;
                <$type>::from_le_bytes(*bytes)
            }
        })*
    };
}

numbers!(u8 => U8, u16 => U16, u32 => U32, u64 => U64, u128 => U128, i8 => I8, i16 => I16, i32 => I32, i64 => I64,
    i128 => I128, f32 => F32, f64 => F64);

macro_rules! encode_integers {
    ($($type:ty),*) => {$(impl Encode for $type {
        fn encode(&self, to: &mut Vec<u8>) {
            to.extend_from_slice(&self.to_le_bytes());
        }
    })*};
}

encode_integers!(u8, u16, u32, u64, u128, i8, i16, i32, i64, i128);

/// Rust leaves sign and payload of a computed NaN open (x86 and soft float do differ): every NaN is encoded alike.
macro_rules! encode_floats {
    ($($type:ty),*) => {$(impl Encode for $type {
        fn encode(&self, to: &mut Vec<u8>) {
            let (bits, infinity) = (self.to_bits(), <$type>::INFINITY.to_bits());
            // By bits: `is_nan` is among the things under test.
            if bits << 1 > infinity << 1 { infinity + 1 } else { bits }.encode(to);
        }
    })*};
}

encode_floats!(f32, f64);

impl Encode for bool {
    fn encode(&self, to: &mut Vec<u8>) {
        to.push(u8::from(*self));
    }
}

impl Encode for std::cmp::Ordering {
    fn encode(&self, to: &mut Vec<u8>) {
        (*self as i8).encode(to);
    }
}

impl<T: Encode> Encode for Option<T> {
    fn encode(&self, to: &mut Vec<u8>) {
        self.is_some().encode(to);
        if let Some(value) = self {
            value.encode(to);
        }
    }
}

impl<T: Encode, E: Encode> Encode for Result<T, E> {
    fn encode(&self, to: &mut Vec<u8>) {
        self.is_ok().encode(to);
        match self {
            Ok(value) => value.encode(to),
            Err(error) => error.encode(to),
        }
    }
}

impl<T: Encode> Encode for [T] {
    fn encode(&self, to: &mut Vec<u8>) {
        (self.len() as u64).encode(to);
        self.iter().for_each(|item| item.encode(to));
    }
}

impl<T: Encode, const N: usize> Encode for [T; N] {
    fn encode(&self, to: &mut Vec<u8>) {
        self.as_slice().encode(to);
    }
}

impl<T: Encode> Encode for Vec<T> {
    fn encode(&self, to: &mut Vec<u8>) {
        self.as_slice().encode(to);
    }
}

impl Encode for str {
    fn encode(&self, to: &mut Vec<u8>) {
        self.as_bytes().encode(to);
    }
}

impl Encode for String {
    fn encode(&self, to: &mut Vec<u8>) {
        self.as_str().encode(to);
    }
}

macro_rules! encode_tuples {
    ($(($($name:ident $index:tt),*))*) => {$(impl<$($name: Encode),*> Encode for ($($name,)*) {
        fn encode(&self, to: &mut Vec<u8>) {
            $(self.$index.encode(to);)*
        }
    })*};
}

encode_tuples! { (A 0, B 1) (A 0, B 1, C 2) (A 0, B 1, C 2, D 3) (A 0, B 1, C 2, D 3, E 4) (A 0, B 1, C 2, D 3, E 4, F 5) }
