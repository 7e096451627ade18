//! Who answers for a program, read out of its bytes as explorers do.

use scrip_tests::vm::program_path;
use solana_security_txt::{Contact, SecurityTxt, find_and_parse};
use std::fs;

fn read(program: &str) -> SecurityTxt {
    let path = program_path(program);
    let bytes = fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    find_and_parse(&bytes).unwrap_or_else(|error| panic!("{program}: {error}"))
}

fn as_written(contact: &Contact) -> String {
    match contact {
        Contact::Email(value) => format!("email:{value}"),
        Contact::Link(value) => format!("link:{value}"),
        Contact::Discord(value) => format!("discord:{value}"),
        Contact::Telegram(value) => format!("telegram:{value}"),
        Contact::Twitter(value) => format!("twitter:{value}"),
        Contact::Other(value) => format!("other:{value}"),
    }
}

/// The variables are those of this test's own compilation: the defaults, where nobody set others.
#[test]
fn every_program_says_who_answers_for_it() {
    for program in ["issuer", "gate", "collateral", "lender"] {
        let said = read(program);
        assert_eq!(said.name, format!("Scrip {program}"));
        assert_eq!(said.project_url, env!("SCRIP_PROJECT_URL"), "{program}");
        let contacts: Vec<_> = said.contacts.iter().map(as_written).collect();
        assert_eq!(contacts.join(","), env!("SCRIP_SECURITY_CONTACTS"), "{program}");
        assert_eq!(said.policy, env!("SCRIP_SECURITY_POLICY"), "{program}");
        assert_eq!(said.source_code.as_deref(), Some(env!("SCRIP_SOURCE_URL")), "{program}");
    }
}
