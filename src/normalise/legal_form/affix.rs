//! Legal forms written without a blank before or after them.

/// Legal forms that Chinese, Japanese and Korean names carry without a blank before or after, the longest first.
const AFFIXES: &[&str] = &[
    "股份有限责任公司",
    "股份有限公司",
    "有限责任公司",
    "责任有限公司",
    "有限责任总公司",
    "有限总公司",
    "集体所有制企业",
    "全民所有制企业",
    "有限合伙企业",
    "普通合伙企业",
    "特殊普通合伙",
    "股份合作公司",
    "股份合作制企业",
    "个人独资企业",
    "有限公司",
    "股份公司",
    "有限责任",
    "合伙企业",
    "有限合伙",
    "总公司",
    "分公司",
    "子公司",
    "公司",
    "股份",
    "股份有限責任公司",
    "有限責任公司",
    "責任有限公司",
    "兩合公司",
    "無限公司",
    "總公司",
    "株式会社",
    "株式會社",
    "有限会社",
    "有限會社",
    "合同会社",
    "合同會社",
    "合資会社",
    "合名会社",
    "一般社団法人",
    "一般財団法人",
    "公益財団法人",
    "公益社団法人",
    "特定非営利活動法人",
    "独立行政法人",
    "国立研究開発法人",
    "国立大学法人",
    "医療法人",
    "学校法人",
    "社会福祉法人",
    "宗教法人",
    "財団法人",
    "社団法人",
    "协同組合",
    "協同組合",
    "(株)",
    "(有)",
    "㈱",
    "㈲",
    "㈜",
    "주식회사",
    "유한책임회사",
    "유한회사",
    "합자회사",
    "합명회사",
    "재단법인",
    "사단법인",
    "의료법인",
    "학교법인",
    "사회복지법인",
    "(주)",
    "(유)",
    "(재)",
    "(사)",
    "คอมปานี",
    "บริษัท",
];

/// Takes the legal form off an unspaced name: `新疆中泰化学股份有限公司` is `新疆中泰化学`. `集团` (group) is a word of the name, not a form.
///
/// Nothing is taken where nothing would be left.
///
/// # Examples
/// ```
/// use wharfinger::normalise::legal_form::strip_affix;
/// assert_eq!(strip_affix("新疆中泰化学股份有限公司"), ("新疆中泰化学", Some("股份有限公司")));
/// assert_eq!(strip_affix("株式会社東芝"), ("東芝", Some("株式会社")));
/// assert_eq!(strip_affix("有限公司"), ("有限公司", None));
/// ```
pub fn strip_affix(text: &str) -> (&str, Option<&'static str>) {
    let text = text.trim();
    let mut rest = text;
    let mut form = None;
    if AFFIXES.contains(&text) {
        return (text, None);
    }
    while let Some((found, left)) = AFFIXES.iter().find_map(|affix| {
        let left = rest.strip_suffix(affix).or_else(|| rest.strip_prefix(affix))?.trim();
        left.chars().any(char::is_alphanumeric).then_some((*affix, left))
    }) {
        form = form.or(Some(found));
        rest = left;
    }
    (rest, form)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_without_a_blank_come_off_like_the_rest() {
        for (text, left, form) in [
            ("新疆中泰(集团)有限责任公司", "新疆中泰(集团)", Some("有限责任公司")),
            ("アルファ株式会社", "アルファ", Some("株式会社")),
            ("주식회사 알파", "알파", Some("주식회사")),
            ("㈜알파", "알파", Some("㈜")),
            ("股份有限公司", "股份有限公司", None),
            ("", "", None),
        ] {
            assert_eq!(strip_affix(text), (left, form), "{text}");
        }
    }
}
