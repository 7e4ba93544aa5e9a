//! How many people a place holds, by the words of its name. D: generous bounds of our own; who is over them is asked, not refused.

/// The most people of one session that a place of such a name holds, with the word that says so. The longest word counts; none for places
/// that hold any number, or that we cannot judge.
pub(crate) fn holds(place: &str) -> Option<(&'static str, i64)> {
    const VENUES: &[(&str, i64)] = &[
        ("会议室", 300),
        ("教室", 150),
        ("农家书屋", 80),
        ("书屋", 80),
        ("党群服务中心", 500),
        ("文化礼堂", 800),
        ("文化活动室", 200),
        ("活动室", 200),
        ("村委会", 300),
        ("村部", 300),
        ("社区", 1_500),
        ("幼儿园", 800),
        ("农技站", 200),
        ("多功能厅", 600),
        ("报告厅", 1_200),
        ("礼堂", 2_000),
        ("影剧院", 2_000),
        ("村", 1_500),
        ("体育馆", 12_000),
        ("科技馆", 20_000),
    ];
    // Open places in a village hold more than its rooms do.
    if ["广场", "公园", "景区", "线上", "网络", "直播"].iter().any(|w| place.contains(w)) {
        return None;
    }
    VENUES.iter().filter(|(word, _)| place.contains(word)).max_by_key(|(word, _)| word.len()).copied()
}

#[cfg(test)]
mod tests {
    use super::holds;

    #[test]
    fn the_longest_word_of_a_place_counts() {
        assert_eq!(holds("石桥镇下河村文化礼堂"), Some(("文化礼堂", 800)));
        assert_eq!(holds("下河村"), Some(("村", 1_500)));
        assert_eq!(holds("下河村文化广场"), None);
        assert_eq!(holds("Town hall"), None);
    }
}
