//! Characters as fonts map them, to characters as people write them: radicals and compatibility forms that broken
//! `ToUnicode` maps give for ordinary characters, control characters, private use.

/// What a mapped character is on paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Printed {
    /// A blank of some width.
    Blank,
    /// No character that could be known.
    Unknown,
    /// A character.
    Char(char),
}

/// U+2F00..=U+2FD5 in order, as ordinary characters (their compatibility decompositions, simplified where the radical
/// has one form).
const KANGXI: &str = "一丨丶丿乙亅二亠人儿入八冂冖冫几凵刀力勹匕匚匸十卜卩厂厶又口囗土士夂夊夕大女子宀寸小尢尸屮山巛工己巾干幺广廴廾弋弓彐彡彳心戈户手支攴文斗斤方无日曰月木欠止歹殳毋比毛氏气水火爪父爻爿片牙牛犬玄玉瓜瓦甘生用田疋疒癶白皮皿目矛矢石示禸禾穴立竹米糸缶网羊羽老而耒耳聿肉臣自至臼舌舛舟艮色艸虍虫血行衣襾見角言谷豆豕豸貝赤走足身車辛辰辵邑酉釆里金長門阜隶隹雨青非面革韋韭音頁風飛食首香馬骨高髟鬥鬯鬲鬼魚鳥鹵鹿麥麻黄黍黑黹黽鼎鼓鼠鼻齊齒龍龜龠";

/// Radicals of the supplement that stand for whole characters.
const RADICALS: &[(char, char)] = &[
    ('⺟', '母'),
    ('⺠', '民'),
    ('⺩', '王'),
    ('⺮', '竹'),
    ('⻁', '虎'),
    ('⻄', '西'),
    ('⻅', '见'),
    ('⻆', '角'),
    ('⻉', '贝'),
    ('⻋', '车'),
    ('⻓', '长'),
    ('⻔', '门'),
    ('⻘', '青'),
    ('⻙', '韦'),
    ('⻚', '页'),
    ('⻛', '风'),
    ('⻜', '飞'),
    ('⻝', '食'),
    ('⻢', '马'),
    ('⻣', '骨'),
    ('⻤', '鬼'),
    ('⻥', '鱼'),
    ('⻦', '鸟'),
    ('⻨', '麦'),
    ('⻩', '黄'),
    ('⻬', '齐'),
    ('⻮', '齿'),
    ('⻰', '龙'),
    ('⻳', '龟'),
];

/// Reads one mapped character.
pub(super) fn printed(c: char) -> Printed {
    match c {
        '\0' | '\u{fffd}' | '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{10ffff}' => Printed::Unknown,
        '\u{ad}' | '\u{feff}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2064}' => {
            Printed::Blank
        }
        c if c.is_whitespace() => Printed::Blank,
        c if c.is_control() => Printed::Unknown,
        '\u{2f00}'..='\u{2fd5}' => Printed::Char(KANGXI.chars().nth(c as usize - 0x2f00).unwrap_or(c)),
        '\u{2e80}'..='\u{2eff}' => Printed::Char(RADICALS.iter().find(|(from, _)| *from == c).map_or(c, |(_, to)| *to)),
        // Presentation forms of vertical brackets.
        '︵' => Printed::Char('（'),
        '︶' => Printed::Char('）'),
        _ => Printed::Char(c),
    }
}

/// Characters that are set without blanks between them.
pub(super) fn is_han(c: char) -> bool {
    matches!(c,
        '\u{2e80}'..='\u{2fdf}' | '\u{3000}'..='\u{303f}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ffef}' | '\u{20000}'..='\u{3ffff}'
        | '“' | '”' | '‘' | '’' | '…' | '—' | '·')
}

#[cfg(test)]
mod tests {
    use super::{KANGXI, Printed, RADICALS, printed};

    #[test]
    fn radicals_become_the_characters_they_look_like() {
        assert_eq!(KANGXI.chars().count(), 0xd6);
        assert_eq!(printed('⽀'), Printed::Char('支'));
        assert_eq!(printed('⾦'), Printed::Char('金'));
        assert_eq!(printed('⻋'), Printed::Char('车'));
        assert!(RADICALS.iter().all(|(from, to)| ('\u{2e80}'..='\u{2eff}').contains(from) && *to > '\u{2fff}'));
    }

    #[test]
    fn what_has_no_meaning_is_unknown() {
        assert_eq!(printed('\u{e123}'), Printed::Unknown);
        assert_eq!(printed('\u{fffd}'), Printed::Unknown);
        assert_eq!(printed('\u{a0}'), Printed::Blank);
    }
}
