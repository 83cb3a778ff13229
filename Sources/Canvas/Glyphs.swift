/// A text taken apart into what one cell, or two for a wide character, can show.
///
/// This is the one place that decides what of a text is drawn; width, cutting and drawing all read it and
/// so never disagree. Sequences that some terminals join and others don't are shown in the way that covers
/// the same columns on all of them: a flag becomes its two letters, joined emoji stand side by side, skin
/// tones and variation selectors are left out.
struct Glyphs<Text: StringProtocol> {
    /// One visible character with the marks that stand on it.
    struct Glyph {
        /// The scalar that covers columns.
        var base: Unicode.Scalar
        /// Marks without columns of their own, at most 4.
        var marks: [Unicode.Scalar] = []
        /// 1 or 2 columns.
        var width: Int
        /// Where the text goes on behind the glyph.
        var end: String.Index
    }

    private let scalars: Text.UnicodeScalarView
    private var index: String.Index
    private var previous: Unicode.Scalar = " "

    init(_ text: Text) {
        scalars = text.unicodeScalars
        index = scalars.startIndex
    }

    /// The next glyph, or nil at the end.
    mutating func next() -> Glyph? {
        while index < scalars.endIndex {
            let scalar = scalars[index]
            scalars.formIndex(after: &index)
            guard let base = shown(scalar) else { continue }
            let width = CharacterWidth.of(base)
            guard width > 0 else { continue }
            previous = base
            var glyph = Glyph(base: base, width: width, end: index)
            takeMarks(&glyph)
            return glyph
        }
        return nil
    }

    private mutating func takeMarks(_ glyph: inout Glyph) {
        while index < scalars.endIndex {
            let scalar = scalars[index]
            if CleanText.isHostile(scalar) {
                guard CleanText.replacement(for: scalar) == nil else { return }
            } else if scalar.value < 0x300 || CharacterWidth.of(scalar) > 0 {
                guard scalar.value == 0xAD else { return }
            }
            scalars.formIndex(after: &index)
            glyph.end = index
            if glyph.marks.count < 4, Self.isMark(scalar) { glyph.marks.append(scalar) }
        }
    }

    private func shown(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
        let value = scalar.value
        if value >= 32, value < 127 { return scalar }
        if CleanText.isHostile(scalar) { return CleanText.replacement(for: scalar) }
        switch value {
        case 0x1F1E6...0x1F1FF: return Unicode.Scalar(value - 0x1F1E6 + 0x41)
        case 0x1F3FB...0x1F3FF:
            let isOnEmoji = (0x261D...0x27BF) ~= previous.value || (0x1F300...0x1FAFF) ~= previous.value
            return isOnEmoji ? nil : scalar
        default: return scalar
        }
    }

    /// Whether a scalar without columns is visible: controls, joiners and variation selectors are not.
    private static func isMark(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0..<0x300, 0xFE00...0xFE0F, 0xE0100...0xE01EF: false
        default: !CleanText.isHostile(scalar) && scalar.properties.generalCategory != .format
        }
    }
}
