/// What a device is for.
enum DeviceRole: Int, Sendable, CaseIterable {
    case core, aggregation, access, firewall, server, power

    /// The beginning of the host names.
    var prefix: String {
        switch self {
        case .core: "core-rtr"
        case .aggregation: "agg-sw"
        case .access: "acc-sw"
        case .firewall: "fw"
        case .server: "srv"
        case .power: "ups"
        }
    }

    /// LibreNMS' word for the kind of device.
    var type: String {
        switch self {
        case .core, .aggregation, .access: "network"
        case .firewall: "firewall"
        case .server: "server"
        case .power: "power"
        }
    }

    /// The share of the ports that such a device gets, against the others.
    var portWeight: Int {
        switch self {
        case .core: 30
        case .aggregation: 24
        case .access: 9
        case .firewall: 8
        case .server: 4
        case .power: 1
        }
    }
}

/// What a vendor sells: everything that follows from the box.
struct DeviceModel: Sendable {
    let hardware: String
    let version: String
    /// Today's word for the operating system, and that of 2016.
    let os: String
    let oldOS: String
    let objectID: String
    /// How an interface is named by its number from 0.
    let interface: @Sendable (Int) -> String

    static func models(for role: DeviceRole) -> [DeviceModel] {
        switch role {
        case .core: [asr, mx]
        case .aggregation: [arista, mx]
        case .access: [catalyst, catalyst, arista]
        case .firewall: [fortigate]
        case .server: [linux]
        case .power: [apc]
        }
    }

    private static let asr = DeviceModel(
        hardware: "Cisco ASR9006", version: "6.1.4", os: "iosxr", oldOS: "iosxr",
        objectID: ".1.3.6.1.4.1.9.1.1709"
    ) { "Te0/\($0 / 24)/0/\($0 % 24)" }
    private static let mx = DeviceModel(
        hardware: "MX480", version: "21.4R3-S5", os: "junos", oldOS: "junos",
        objectID: ".1.3.6.1.4.1.2636.1.1.1.2.25"
    ) { "xe-\($0 / 32)/\($0 / 8 % 4)/\($0 % 8)" }
    private static let arista = DeviceModel(
        hardware: "DCS-7280SR-48C6", version: "4.28.3M", os: "eos", oldOS: "arista_eos",
        objectID: ".1.3.6.1.4.1.30065.1.3011"
    ) { "Ethernet\($0 + 1)" }
    private static let catalyst = DeviceModel(
        hardware: "WS-C3850-48T", version: "16.12.9", os: "iosxe", oldOS: "ios",
        objectID: ".1.3.6.1.4.1.9.1.1745"
    ) { "Gi\($0 / 48 + 1)/0/\($0 % 48 + 1)" }
    private static let fortigate = DeviceModel(
        hardware: "FGT_1500D", version: "v7.0.12,build0523", os: "fortigate", oldOS: "fortigate",
        objectID: ".1.3.6.1.4.1.12356.101.1.15000"
    ) { "port\($0 + 1)" }
    private static let linux = DeviceModel(
        hardware: "Generic x86 64-bit", version: "5.10.0-26-amd64", os: "linux", oldOS: "linux",
        objectID: ".1.3.6.1.4.1.8072.3.2.10"
    ) { $0 == 0 ? "lo" : "eth\($0 - 1)" }
    private static let apc = DeviceModel(
        hardware: "Smart-UPS RT 5000", version: "UPS 09.3", os: "apc", oldOS: "apc",
        objectID: ".1.3.6.1.4.1.318.1.3.5.4"
    ) { "eth\($0)" }
}
