internal import CNcurses
internal import Canvas

/// A style as one terminal can show it: several styles may come to the same pen.
struct Pen: Hashable {
    var attributes: Style.Attributes
    var foreground: Int32
    var background: Int32

    /// What is left of a style on a terminal of some depth.
    init(_ style: Style, _ depth: ColorDepth) {
        attributes = style.attributes
        foreground = depth.number(style.foreground)
        background = depth.number(style.background)
        guard depth == .eight else { return }
        // Eight colours are told from their bright ones by boldness; bright black would vanish on many.
        if foreground == 8 {
            foreground = -1
            attributes.insert(.dim)
        } else if foreground > 8 {
            foreground -= 8
            attributes.insert(.bold)
        }
        if background >= 8 { background -= 8 }
    }

    /// The pen for blanks on the same ground.
    init(groundOf pen: Pen) {
        attributes = []
        foreground = -1
        background = pen.background
    }

    /// Whether a blank looks the same drawn with either.
    func hasSameGround(_ other: Pen) -> Bool {
        background == other.background && isOpen && other.isOpen
    }

    /// Whether only the background of a blank shows.
    var isOpen: Bool { attributes.isDisjoint(with: [.underline, .reverse]) }
}

/// The pens in use, numbered; they outlive a change of theme.
struct Pens {
    private(set) var pens: [Pen] = []
    private var numbers: [Pen: UInt16] = [:]
    private var sheet: StyleSheet?
    private var numberOfStyle: [UInt16] = []
    private var ownStyles: [Style] = []
    private var numberOfOwn: [UInt16] = []
    /// The colours of a terminal that takes them directly.
    private(set) var palette = DirectPalette()
    let depth: ColorDepth

    init(_ depth: ColorDepth) { self.depth = depth }

    /// Makes the styles of a frame known: those of its sheet once per sheet, its own when they changed.
    mutating func use(_ frame: Frame) {
        use(frame.sheet)
        guard frame.ownStyles != ownStyles else { return }
        ownStyles = frame.ownStyles
        numberOfOwn = ownStyles.map { number(Pen($0, depth)) }
    }

    /// Makes the styles of a sheet known, once per sheet.
    mutating func use(_ sheet: StyleSheet) {
        guard self.sheet !== sheet else { return }
        self.sheet = sheet
        numberOfStyle = (sheet.styles.isEmpty ? [Style()] : sheet.styles).map { number(Pen($0, depth)) }
    }

    /// The pen of a style of the frame in use.
    func number(_ style: StyleID) -> UInt16 {
        let index = Int(style.index)
        let own = index - numberOfStyle.count
        if numberOfOwn.indices.contains(own) { return numberOfOwn[own] }
        return index < numberOfStyle.count ? numberOfStyle[index] : (numberOfStyle.first ?? 0)
    }

    /// The number of a pen; a new one is made known to the terminal library.
    mutating func number(_ pen: Pen) -> UInt16 {
        if let known = numbers[pen] { return known }
        let number = UInt16(clamping: pens.count)
        pens.append(pen)
        numbers[pen] = number
        let isDirect = depth == .direct
        nc_set_pen(
            number, Int32(pen.attributes.rawValue),
            isDirect ? palette.number(pen.foreground) : pen.foreground,
            isDirect ? palette.number(pen.background) : pen.background)
        return number
    }
}
