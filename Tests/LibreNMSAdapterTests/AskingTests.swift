import AdapterContract
import Domain
import HTTP
import JSON
import Simulator
import Testing

@testable import LibreNMSAdapter

@Suite("LibreNMS: only what was asked for is sent")
struct AskingTests {
    private static let manners = AskingManners(
        objects: [
            .editRule: [Path.rule], .enableRule: [Path.rules], .disableRule: [Path.rules],
        ],
        samples: [
            .expression: #"%devices.status = "0" && %devices.disabled = "0""#, "delay": "17 m",
            "count": "7", "devices": "1", "groups": "1", "locations": "1", "duration": "2 h",
            "field": "notes", "hostname": "rtr-new.example.net", "port": "161", "poller_group": "0",
            .severity: "ok", "description": "uplink to core",
        ],
        bodies: [
            .enableRule: ["enabled"], .disableRule: ["enabled"],
            .acknowledge: ["note", "until_clear"], .unmute: ["note"],
            .updateDevice: ["field", "data"], .maintenance: ["duration", "title", "notes"],
            .discoverDevice: [], .describePort: ["description"],
        ],
        names: ["rule_id"],
        places: [.expression: "rule", .enabled: "disabled"],
        absent: [
            .expression, "devices", "groups", "locations", "delay", "count", "mute", "invert",
            "notes",
        ],
        differences: { Self.differences($0, $1) })

    @Test(
        "a rule that is written whole is as it was read but for what was changed",
        arguments: LiveLibreNMS.releases)
    func asking(release: LibreNMSRelease) async throws {
        try await withLiveServer(release) { live in
            let contract = AdapterContract(LiveLibreNMS.descriptor, live.settings, live.transport)
            let faults = await contract.asking(Self.manners)
            for fault in faults { Issue.record("\(fault)") }
            #expect(live.commands == [])
        }
    }

    @Test(
        "whatever comes back for a command, its outcome claims no more than is known",
        arguments: LiveLibreNMS.releases)
    func outcomes(release: LibreNMSRelease) async throws {
        try await withLiveServer(release) { live in
            let contract = AdapterContract(LiveLibreNMS.descriptor, live.settings, live.transport)
            let faults = await contract.outcomes(Self.manners) { await live.send($0) }
            for fault in faults { Issue.record("\(fault)") }
        }
    }

    /// The questions whose members are not as they were read.
    private static func differences(_ sent: JSONValue, _ read: JSONValue) -> Set<String> {
        let extra = read["extra"].flatMap { extra in
            extra.string.flatMap { try? JSONDocument($0).root } ?? extra
        }
        func flag(_ value: JSONValue?) -> Bool { value?.flag ?? false }
        func ids(_ value: JSONValue?) -> Set<String> {
            Set(value?.array?.compactMap { $0["id"]?.text ?? $0["device_id"]?.text ?? $0.text } ?? [])
                .subtracting(["-1"])
        }
        var changed: Set<String> = []
        for (key, value) in sent.object?.map({ $0 }) ?? [] {
            let now = read[key]
            let isSame: Bool =
                switch key {
                case "disabled", "invert_map": flag(now) == flag(value)
                case "mute", "invert", "recovery", "acknowledgement": flag(extra?[key]) == flag(value)
                case "count": (extra?[key]?.text ?? "") == (value.text ?? "")
                case "delay", "interval": (extra?[key]?.int64 ?? 0) == (value.int64 ?? 0)
                case "devices", "groups", "locations": ids(now) == ids(value)
                case "device_id": (now?.text ?? "-1") == value.text
                case "builder":
                    (now?.string.flatMap { try? JSONDocument($0).root } ?? now).map { JSONTree($0) }
                        == JSONTree(value)
                case "notes", "proc": (now?.text ?? "") == (value.text ?? "")
                // A rule is written whole, and has an empty text where the server has nothing.
                default:
                    now.map { JSONTree($0) } == JSONTree(value)
                        || (now?.text ?? "") == (value.text ?? "")
                            && value.kind != .array && value.kind != .object
                }
            guard !isSame else { continue }
            switch key {
            case "disabled": changed.insert("enabled")
            case "rule", "builder": changed.insert("expression")
            case "device_id": changed.insert("devices")
            default: changed.insert(key)
            }
        }
        return changed
    }
}
