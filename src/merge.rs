//! Spellings of one party become one subject.

use crate::record::Subject;

/// Takes together the subjects that are certainly one party.
pub fn merge(subjects: Vec<Subject>) -> Vec<Subject> {
    subjects
}
