//! Georgian (national system of 2002) and Armenian (near BGN/PCGN 1981), without apostrophes.

const LETTERS: &[(&str, &str)] = &[
    ("ა", "a"),
    ("ბ", "b"),
    ("გ", "g"),
    ("დ", "d"),
    ("ე", "e"),
    ("ვ", "v"),
    ("ზ", "z"),
    ("თ", "t"),
    ("ი", "i"),
    ("კ", "k"),
    ("ლ", "l"),
    ("მ", "m"),
    ("ნ", "n"),
    ("ო", "o"),
    ("პ", "p"),
    ("ჟ", "zh"),
    ("რ", "r"),
    ("ს", "s"),
    ("ტ", "t"),
    ("უ", "u"),
    ("ფ", "p"),
    ("ქ", "k"),
    ("ღ", "gh"),
    ("ყ", "q"),
    ("შ", "sh"),
    ("ჩ", "ch"),
    ("ც", "ts"),
    ("ძ", "dz"),
    ("წ", "ts"),
    ("ჭ", "ch"),
    ("ხ", "kh"),
    ("ჯ", "j"),
    ("ჰ", "h"),
    ("ու", "u"),
    ("և", "ev"),
    ("ա", "a"),
    ("բ", "b"),
    ("գ", "g"),
    ("դ", "d"),
    ("ե", "e"),
    ("զ", "z"),
    ("է", "e"),
    ("ը", "y"),
    ("թ", "t"),
    ("ժ", "zh"),
    ("ի", "i"),
    ("լ", "l"),
    ("խ", "kh"),
    ("ծ", "ts"),
    ("կ", "k"),
    ("հ", "h"),
    ("ձ", "dz"),
    ("ղ", "gh"),
    ("ճ", "ch"),
    ("մ", "m"),
    ("յ", "y"),
    ("ն", "n"),
    ("շ", "sh"),
    ("ո", "o"),
    ("չ", "ch"),
    ("պ", "p"),
    ("ջ", "j"),
    ("ռ", "r"),
    ("ս", "s"),
    ("վ", "v"),
    ("տ", "t"),
    ("ր", "r"),
    ("ց", "ts"),
    ("ւ", "v"),
    ("փ", "p"),
    ("ք", "k"),
    ("օ", "o"),
    ("ֆ", "f"),
];

/// The reading of a word, as a list with one element.
pub(super) fn readings(word: &str) -> Vec<String> {
    vec![super::spell(word, |letters| {
        LETTERS.iter().find(|(own, _)| letters.starts_with(own)).map(|(own, latin)| (own.len(), *latin))
    })]
}

#[cfg(test)]
mod tests {
    #[test]
    fn georgian_and_armenian_are_spelt() {
        assert_eq!(super::readings("საქართველო"), ["sakartvelo"]);
        assert_eq!(super::readings("երևան"), ["erevan"]);
        assert_eq!(super::readings("պետրոսյան"), ["petrosyan"]);
    }
}
