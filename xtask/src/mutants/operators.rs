//! What cargo-mutants does not see: checks inside macros and attributes, which is where Anchor programs have most of
//! theirs. A `require!` is left out, a comparison in one moved by one, `&&` made `||`; a constraint of an account is left out.

use anyhow::{Context, Result};
use proc_macro2::{TokenStream, TokenTree};
use serde::{Deserialize, Serialize};
use std::ops::Range;
use syn::{spanned::Spanned, visit::Visit};

/// One change of one file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mutant {
    /// Relative to the checkout.
    pub file: String,
    pub line: usize,
    pub what: String,
    /// Bytes of the file, and what comes in their place.
    pub range: Range<usize>,
    pub replacement: String,
}

/// Constraints of `#[account(...)]` that bind an account to another. Without the others it would not compile, or they
/// make accounts.
const CONSTRAINTS: [&str; 3] = ["has_one", "constraint", "address"];

pub fn of_file(file: &str, source: &str) -> Result<Vec<Mutant>> {
    let tree = syn::parse_file(source).with_context(|| format!("{file} is not Rust"))?;
    let mut finder = Finder { file, source, found: vec![] };
    finder.visit_file(&tree);
    Ok(finder.found)
}

struct Finder<'a> {
    file: &'a str,
    source: &'a str,
    found: Vec<Mutant>,
}

impl Finder<'_> {
    fn add(&mut self, what: &str, range: Range<usize>, replacement: &str) {
        let line = 1 + self.source[..range.start].matches('\n').count();
        let replacement = replacement.to_owned();
        self.found.push(Mutant {
            file: self.file.into(),
            line,
            what: what.into(),
            range,
            replacement,
        });
    }

    fn text(&self, range: &Range<usize>) -> String {
        self.source[range.clone()].split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// Moves the edge of each comparison in a condition, and weakens what joins conditions.
    fn conditions(&mut self, tokens: TokenStream) {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        let mut at = 0;
        while let Some(token) = tokens.get(at) {
            match token {
                TokenTree::Group(group) => self.conditions(group.stream()),
                TokenTree::Punct(punct) if ['<', '>', '&'].contains(&punct.as_char()) => {
                    let first = token.span().byte_range();
                    let second = tokens.get(at + 1).map(|next| next.span().byte_range());
                    let pair = second.filter(|second| second.start == first.end);
                    let end = pair.map_or(first.end, |second| second.end);
                    if let Some((old, new)) = swapped(self.source, first.start, end) {
                        let range = first.start..first.start + old.len();
                        let context = self.around(&range);
                        self.add(
                            &format!("`{}` made `{}` in `{context}`", old.trim(), new.trim()),
                            range,
                            new,
                        );
                        at += old.trim().len() - 1;
                    }
                }
                _ => {}
            }
            at += 1;
        }
    }

    /// The line that a change is in.
    fn around(&self, range: &Range<usize>) -> String {
        let start = self.source[..range.start].rfind('\n').map_or(0, |at| at + 1);
        let end =
            self.source[range.end..].find('\n').map_or(self.source.len(), |at| range.end + at);
        self.text(&(start..end))
    }

    fn constraints(&mut self, list: &syn::MetaList) {
        let mut entries: Vec<Vec<TokenTree>> = vec![vec![]];
        for token in list.tokens.clone() {
            match &token {
                TokenTree::Punct(punct) if punct.as_char() == ',' => entries.push(vec![]),
                _ => entries.last_mut().expect("one is there from the start").push(token),
            }
        }
        for entry in &entries {
            let [TokenTree::Ident(name), .., last] = &entry[..] else { continue };
            if CONSTRAINTS.iter().any(|constraint| name == constraint) {
                let start = name.span().byte_range().start;
                let mut end = last.span().byte_range().end;
                let text = self.text(&(start..end));
                // With its comma, if one follows.
                if self.source[end..].starts_with(',') {
                    end += 1;
                }
                self.add(&format!("constraint `{text}` left out"), start..end, "");
            }
        }
    }
}

impl<'ast> Visit<'ast> for Finder<'_> {
    fn visit_stmt_macro(&mut self, statement: &'ast syn::StmtMacro) {
        let name = statement.mac.path.get_ident().map(ToString::to_string).unwrap_or_default();
        if name.starts_with("require") {
            let range = statement.span().byte_range();
            self.add(&format!("`{}` left out", self.text(&range)), range, "");
            if name == "require" {
                self.conditions(statement.mac.tokens.clone());
            }
        }
    }

    /// The lender's `require(condition, error)?;` is a function.
    fn visit_stmt(&mut self, statement: &'ast syn::Stmt) {
        if let syn::Stmt::Expr(syn::Expr::Try(tried), Some(_)) = statement
            && let syn::Expr::Call(call) = &*tried.expr
            && let syn::Expr::Path(function) = &*call.func
            && function.path.is_ident("require")
        {
            let range = statement.span().byte_range();
            self.add(&format!("`{}` left out", self.text(&range)), range, "");
        }
        syn::visit::visit_stmt(self, statement);
    }

    fn visit_attribute(&mut self, attribute: &'ast syn::Attribute) {
        if let syn::Meta::List(list) = &attribute.meta
            && list.path.is_ident("account")
        {
            self.constraints(list);
        }
    }

    fn visit_item_mod(&mut self, module: &'ast syn::ItemMod) {
        if module.ident != "tests" {
            syn::visit::visit_item_mod(self, module);
        }
    }
}

/// What stands at `start` and what is put there. Spaces tell a comparison from a generic argument.
fn swapped(source: &str, start: usize, end: usize) -> Option<(&'static str, &'static str)> {
    const SWAPS: [(&str, &str); 5] =
        [("<=", "<"), (">=", ">"), ("&&", "||"), ("< ", "<= "), ("> ", ">= ")];
    let spaced = source[..start].ends_with(' ');
    let rest = &source[start..source.len().min(end + 1)];
    SWAPS.into_iter().find(|(old, _)| spaced && rest.starts_with(old))
}

/// The file's text with the change made.
pub fn apply(mutant: &Mutant, source: &str) -> String {
    let mut text = source.to_owned();
    text.replace_range(mutant.range.clone(), &mutant.replacement);
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn changes(source: &str) -> Vec<(String, String)> {
        let found = of_file("f.rs", source).unwrap();
        found.iter().map(|mutant| (mutant.what.clone(), apply(mutant, source))).collect()
    }

    #[test]
    fn a_require_is_left_out_and_its_comparison_moved() {
        let found = changes("fn f() {\n    require!(a < b && c >= d, E);\n    g();\n}\n");
        let texts: Vec<&str> = found.iter().map(|(_, text)| text.as_str()).collect();
        assert_eq!(
            texts,
            [
                "fn f() {\n    \n    g();\n}\n",
                "fn f() {\n    require!(a <= b && c >= d, E);\n    g();\n}\n",
                "fn f() {\n    require!(a < b || c >= d, E);\n    g();\n}\n",
                "fn f() {\n    require!(a < b && c > d, E);\n    g();\n}\n",
            ]
        );
        assert_eq!(found[0].0, "`require!(a < b && c >= d, E);` left out");
    }

    #[test]
    fn conditions_in_brackets_are_seen_and_generics_and_references_are_not() {
        let found =
            changes("fn f() { require!(!(a <= f::<u8>(&b)) && Ok::<(), E>(()).is_ok(), E); }");
        let kinds: Vec<&str> = found.iter().skip(1).map(|(what, _)| &what[..14]).collect();
        assert_eq!(kinds, ["`<=` made `<` ", "`&&` made `||`"]);
    }

    #[test]
    fn a_constraint_is_left_out_with_its_comma() {
        let source = "struct A {\n    #[account(mut, has_one = x @ E::F, seeds = [b\"a\", m.as_ref()], bump, constraint = a == b)]\n    a: B,\n}\n";
        let found = changes(source);
        assert_eq!(found.len(), 2);
        assert!(found[0].1.contains("#[account(mut,  seeds ="), "{}", found[0].1);
        assert!(found[1].1.contains("bump, )]"), "{}", found[1].1);
        assert_eq!(found[1].0, "constraint `constraint = a == b` left out");
    }

    #[test]
    fn the_lenders_function_counts_and_tests_do_not() {
        let found = changes(
            "fn f() { require(a, E)?; other(a)?; }\nmod tests { fn f() { require!(a, E); } }",
        );
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].1.lines().next().unwrap(), "fn f() {  other(a)?; }");
    }
}
