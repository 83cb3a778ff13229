public import Canvas

/// The look of every role, ready to draw with.
public struct Theme: Sendable {
    /// The name in configuration and the theme switch.
    public let name: String
    /// The styles that `style(_:_:)` refers to.
    public let sheet: StyleSheet

    /// Makes a theme from the roles that a file gives; the rest follows by fallback.
    public init(name: String, roles: [Role: Style]) {
        self.name = name
        sheet = StyleSheet(
            Variant.allCases.flatMap { variant in
                Role.allCases.map { Self.look(of: $0, on: variant, in: roles) }
            })
    }

    init(name: String, sheet: StyleSheet) {
        self.name = name
        self.sheet = sheet
    }

    /// The style of a role in a row's situation.
    public static func style(_ role: Role, _ variant: Variant = .plain) -> StyleID {
        StyleID(variant.rawValue * places.count + (places[role] ?? 0))
    }

    private static let places = Dictionary(
        uniqueKeysWithValues: Role.allCases.enumerated().map { ($0.element, $0.offset) })

    private static func look(of role: Role, on variant: Variant, in roles: [Role: Style]) -> Style {
        var style = look(of: role, in: roles)
        let screen = look(of: .text, in: roles)
        if variant == .stale || variant == .selectedStale {
            let stale = roles[.stale] ?? Style(attributes: .dim)
            style.foreground = stale.foreground
            style.attributes = stale.attributes
        }
        switch variant {
        case .plain, .stale: style.stand(on: screen, over: screen)
        case .selected, .selectedStale:
            let cursor = roles[.cursor] ?? Style(attributes: .reverse)
            style.background = cursor.background
            if role == .text || role == .textMuted || style.foreground == .terminal {
                style.foreground = cursor.foreground
            } else if cursor.background.c16 != screen.background.c16 {
                // No colour of 16 but white is readable on both black and a coloured row.
                style.foreground.c16 = cursor.foreground.c16
            }
            style.attributes.formUnion(cursor.attributes)
        case .header: style.stand(on: look(of: .header, in: roles), over: screen)
        case .dialog: style.stand(on: look(of: .dialog, in: roles), over: screen)
        }
        return style
    }

    private static func look(of role: Role, in roles: [Role: Style]) -> Style {
        var role = role
        while true {
            if let style = roles[role] { return style }
            guard let next = role.fallback else { return Style() }
            role = next
        }
    }
}

extension Style {
    /// Takes over a ground's background, and its reversal, where it has none of its own but the screen's.
    fileprivate mutating func stand(on ground: Style, over screen: Style) {
        guard background == .terminal || background == screen.background else { return }
        background = ground.background
        attributes.formUnion(ground.attributes.intersection(.reverse))
    }
}
