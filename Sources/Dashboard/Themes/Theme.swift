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
        let cursor = roles[.cursor] ?? Style(attributes: .reverse)
        let stale = roles[.stale] ?? Style(attributes: .dim)
        var styles: [Style] = []
        for variant in Variant.allCases {
            for role in Role.allCases {
                var style = Self.look(of: role, in: roles)
                if variant == .stale || variant == .selectedStale {
                    style.foreground = stale.foreground
                    style.attributes = stale.attributes
                }
                if variant == .selected || variant == .selectedStale {
                    style.background = cursor.background
                    if role == .text || role == .textMuted || style.foreground == .terminal {
                        style.foreground = cursor.foreground
                    }
                    style.attributes.formUnion(cursor.attributes)
                }
                styles.append(style)
            }
        }
        sheet = StyleSheet(styles)
    }

    /// The style of a role in a row's situation.
    public static func style(_ role: Role, _ variant: Variant = .plain) -> StyleID {
        StyleID(variant.rawValue * places.count + (places[role] ?? 0))
    }

    private static let places = Dictionary(
        uniqueKeysWithValues: Role.allCases.enumerated().map { ($0.element, $0.offset) })

    private static func look(of role: Role, in roles: [Role: Style]) -> Style {
        var role = role
        while true {
            if let style = roles[role] { return style }
            guard let next = role.fallback else { return Style() }
            role = next
        }
    }
}
