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

    /// The style of a role in a row's situation.
    public static func style(_ role: Role, _ variant: Variant = .plain) -> StyleID {
        StyleID(variant.rawValue * places.count + (places[role] ?? 0))
    }

    private static let places = Dictionary(
        uniqueKeysWithValues: Role.allCases.enumerated().map { ($0.element, $0.offset) })

    private static func look(of role: Role, on variant: Variant, in roles: [Role: Style]) -> Style {
        var style = look(of: role, in: roles)
        if variant == .stale || variant == .selectedStale {
            let stale = roles[.stale] ?? Style(attributes: .dim)
            style.foreground = stale.foreground
            style.attributes = stale.attributes
        }
        switch variant {
        case .plain, .stale: break
        case .selected, .selectedStale:
            let cursor = roles[.cursor] ?? Style(attributes: .reverse)
            style.background = cursor.background
            if role == .text || role == .textMuted || style.foreground == .terminal {
                style.foreground = cursor.foreground
            }
            style.attributes.formUnion(cursor.attributes)
        case .header: style.stand(on: look(of: .header, in: roles))
        case .dialog: style.stand(on: look(of: .dialog, in: roles))
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
    /// Takes over a ground's background, and its reversal, where it has none of its own.
    fileprivate mutating func stand(on ground: Style) {
        guard background == .terminal else { return }
        background = ground.background
        attributes.formUnion(ground.attributes.intersection(.reverse))
    }
}
