/// Host names: with their domain they name one host, without it one of each site.
enum HostNameKey {
    static func read(_ text: Bytes, _ role: KeyRole, _ sink: inout some KeySink) {
        var text = KeyText.trimmed(text)
        if AddressKey.parse(text) != nil { return AddressKey.read(text, role, &sink) }
        if text.last == UInt8(ascii: ".") { text = Bytes(rebasing: text.dropLast()) }
        guard let labels = labels(text) else { return }
        KeyText.withLowered(text) { name in
            let short = Bytes(rebasing: name[..<labels.first])
            let word = String(decoding: short, as: UTF8.self)
            if word == "localhost" { return sink.refuse(.host, .loopback, text) }
            let isDefault = defaults.contains(word) || KeyText.isPlaceholder(short)
            if labels.count > 1 {
                let suffix = String(decoding: name[labels.lastStart...], as: UTF8.self)
                sink.take(.host, role, isDefault || anySite.contains(suffix) ? .weak : .strong, name)
            }
            if isDefault {
                if labels.count == 1 { sink.refuse(.shortHost, .factoryDefault, text) }
            } else if short.count < 2 {
                if labels.count == 1 { sink.refuse(.shortHost, .tooShort, text) }
            } else {
                sink.take(.shortHost, role, .weak, short)
            }
        }
    }

    /// What systems call themselves before anybody names them.
    private static let defaults: Set<String> = [
        "router", "switch", "mikrotik", "ubnt", "openwrt", "unknown", "default", "host", "gateway", "gw",
        "ap",
        "cpe", "debian", "ubuntu", "raspberrypi", "huawei", "olt", "server", "localdomain", "linux", "cisco",
        "juniper", "firewall", "modem", "ont", "onu", "bonder", "aggregator", "node", "device", "system",
        "test", "lab", "edgeos", "vyos", "pfsense", "opnsense", "www", "mail", "ns1", "ns2", "dreambox",
    ]

    /// Domains that every site may use for itself.
    private static let anySite: Set<String> = [
        "local", "lan", "localdomain", "home", "internal", "intranet", "corp", "private", "invalid", "test",
        "router", "dsldevice", "box", "localhost",
    ]

    private struct Labels {
        var count = 1
        /// How long the first one is.
        var first = 0
        var lastStart = 0
    }

    /// Nil for what is no host name: other characters, an empty part, or no letter anywhere.
    private static func labels(_ text: Bytes) -> Labels? {
        guard (1...253).contains(text.count) else { return nil }
        var labels = Labels()
        var (length, hasLetter) = (0, false)
        for (place, byte) in text.enumerated() {
            if byte == UInt8(ascii: ".") {
                guard length > 0 else { return nil }
                if labels.count == 1 { labels.first = place }
                labels.count += 1
                labels.lastStart = place + 1
                length = 0
                continue
            }
            let isLetter = KeyText.isLetter(byte)
            guard isLetter || KeyText.isDigit(byte) || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_"),
                length < 63
            else { return nil }
            hasLetter = hasLetter || isLetter
            length += 1
        }
        guard length > 0, hasLetter else { return nil }
        if labels.count == 1 { labels.first = text.count }
        return labels
    }
}
