/// The themes to choose from, and the one in use.
struct ThemeChoice: Sendable {
    /// The themes; never none.
    private(set) var themes: [Theme]
    /// The place of the one in use.
    private(set) var index: Int

    init(_ themes: [Theme], index: Int) {
        self.themes = themes.isEmpty ? [Theme(name: "plain", roles: [:])] : themes
        self.index = themes.indices.contains(index) ? index : 0
    }

    /// The one in use.
    var theme: Theme { themes[index] }

    /// Uses the theme at a place; the first where there is none.
    mutating func choose(_ place: Int) { index = themes.indices.contains(place) ? place : 0 }

    /// Uses the next one.
    mutating func chooseNext() { index = (index + 1) % themes.count }

    /// Takes what the files say now; the theme in use stays, unless another one is asked for.
    mutating func reload(_ themes: [Theme], asking name: String?) {
        guard !themes.isEmpty else { return }
        let name = name ?? theme.name
        self = ThemeChoice(themes, index: themes.firstIndex { $0.name == name } ?? 0)
    }
}

extension State {
    /// The themes to choose from.
    public var themes: [Theme] { themeChoice.themes }
    /// The place of the theme in use.
    public var themeIndex: Int { themeChoice.index }

    /// Keeps the theme in use for the next time.
    mutating func keepTheme() -> [Effect] {
        showMessage(.plain, "theme \(theme.name), also after a restart")
        return preferences.theme == theme.name ? [] : keep(.theme(theme.name))
    }
}
