import Domain

/// The keys that the text of one field holds.
enum KeyReader {
    static func read(_ key: LinkKey, _ text: Bytes, _ sink: inout some KeySink) {
        guard !text.isEmpty else { return }
        switch key {
        case .mac: MACKey.read(text, .own, &sink)
        case .address: AddressKey.read(text, .own, &sink)
        case .peer: AddressKey.read(text, .names, &sink)
        case .hostName: HostNameKey.read(text, .own, &sink)
        case .serial: NumberKey.readSerial(text, .own, &sink)
        case .circuit: NumberKey.readCircuit(text, .own, &sink)
        case .customer: NumberKey.readCustomer(text, .own, &sink)
        case .ofCustomer: NumberKey.readCustomer(text, .names, &sink)
        case .label: MentionKeys.read(text, &sink)
        // Means something only on its device: `LinkIndex` compares it there.
        case .interface: break
        }
    }
}
