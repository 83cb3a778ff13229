internal import TOML

/// The values of one table, by key, all of the type that the schema says.
struct SettingValues {
    /// Where the table begins.
    let position: TOMLPosition
    /// The values with their places.
    var values: [String: PlacedValue] = [:]
    /// The keys that are wrong or missing, and were complained about.
    var faults: Set<String> = []

    init(position: TOMLPosition) { self.position = position }

    /// Where a key's value stands, else where the table begins.
    func position(of key: String) -> TOMLPosition { values[key]?.position ?? position }

    func holds(_ key: String) -> Bool { values[key] != nil }

    func text(_ key: String) -> String? {
        if case .text(let text)? = values[key]?.value { text } else { nil }
    }
    func flag(_ key: String) -> Bool? { if case .flag(let flag)? = values[key]?.value { flag } else { nil } }
    func number(_ key: String) -> Double? {
        if case .number(let number)? = values[key]?.value { number } else { nil }
    }
    func list(_ key: String) -> [String] {
        if case .list(let words)? = values[key]?.value { words } else { [] }
    }
    func texts(_ key: String) -> [(text: String, position: TOMLPosition)] {
        if case .texts(let texts)? = values[key]?.value { texts } else { [] }
    }
    func source(_ key: String) -> SecretSource? {
        if case .source(let source)? = values[key]?.value { source } else { nil }
    }
    func section(_ key: String) -> SettingValues? {
        if case .section(let values)? = values[key]?.value { values } else { nil }
    }
    func sections(_ key: String) -> [SettingValues] {
        if case .sections(let list)? = values[key]?.value { list } else { [] }
    }
}

/// A value and where it stands.
struct PlacedValue {
    let value: SettingValue
    let position: TOMLPosition
}

/// One value that fits the schema.
indirect enum SettingValue {
    case text(String)
    case list([String])
    case texts([(text: String, position: TOMLPosition)])
    case flag(Bool)
    case number(Double)
    case source(SecretSource)
    case section(SettingValues)
    case sections([SettingValues])
}
