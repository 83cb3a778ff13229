/// The name of an interface in one spelling, to be compared on one device only.
enum InterfaceName {
    private static let short: [(String, String)] = [
        ("tengigabitethernet", "te"), ("twentyfivegigabitethernet", "twe"), ("twentyfivegige", "twe"),
        ("hundredgigabitethernet", "hu"), ("hundredgige", "hu"), ("fortygigabitethernet", "fo"),
        ("fortygige", "fo"), ("gigabitethernet", "gi"), ("fastethernet", "fa"), ("tengige", "te"),
        ("bundle-ether", "be"), ("port-channel", "po"), ("loopback", "lo"), ("ethernet", "eth"),
    ]

    /// `GigabitEthernet0/1` and `Gi0/1` are `gi0/1`; nil for a name without a digit, which names a kind of interface.
    static func normalised(_ name: String) -> String? {
        let name = name.lowercased().filter { $0 != " " }
        guard name.utf8.contains(where: KeyText.isDigit), name.utf8.count <= 64 else { return nil }
        for (long, short) in short where name.hasPrefix(long) { return short + name.dropFirst(long.count) }
        return name
    }
}
