//! Operation 0: which table the program was built with, so that the host does not compare different ones.

use crate::operations;

operations! {
    "table"(_nothing: u8) => crate::operations::all()
        .flat_map(|operation| operation.name.bytes().chain([operation.operands.len() as u8]))
        .fold(0u64, |hash, byte| hash.wrapping_mul(31).wrapping_add(byte.into()));
}
