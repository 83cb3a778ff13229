import AdapterKit
import Domain
import HTTP
import JSON
import Simulator
import Testing

@testable import LibreNMSAdapter

@Suite("LibreNMS over HTTP: devices that change")
struct LiveDeviceTests {
    private let nobody = EntityRef(BackendID(0), .device, id: "0")

    @Test(
        "a device is added by each version of SNMP; secrets are sent and shown nowhere",
        arguments: LiveLibreNMS.releases)
    func adding(release: LibreNMSRelease) async throws {
        try await withLiveServer(release) { live in
            let versions: [(String, [FieldKey: Value])] = [
                ("v1", ["community": .text("s3cret-one")]), ("v2c", ["community": .text("s3cret-two")]),
                (
                    "v3",
                    [
                        "authlevel": .text("authPriv"), "authname": .text("s3cret-user"),
                        "authpass": .text("s3cret-three"), "authalgo": .text("SHA"),
                        "cryptopass": .text("s3cret-four"), "cryptoalgo": .text("AES"),
                    ]
                ),
            ]
            for (version, secrets) in versions {
                let host = "new-\(version).example.net"
                var arguments = secrets
                arguments["hostname"] = .text(host)
                arguments["version"] = .text(version)
                arguments["port"] = .text("1161")
                let plan = try await live.server.prepare(Command(.addDevice, [nobody], arguments))
                let preview = plan.preview(at: live.settings.endpoint)
                #expect(!"\(preview)".contains("s3cret"))
                let body = String(decoding: plan.steps.first?.request.body ?? [], as: UTF8.self)
                for case .text(let secret) in secrets.values where secret.hasPrefix("s3cret") {
                    #expect(body.contains(secret))
                }
                let outcomes = await live.perform(plan)
                #expect(outcomes.map(\.state) == [.verified], "\(outcomes)")
                #expect(!"\(outcomes)".contains("s3cret"))
                let id = try #require(try await live.server.deviceID(named: host))
                let detail = try await live.server.detail(of: EntityRef(BackendID(0), .device, id: id))
                #expect(!"\(detail)".contains("s3cret"))
                await #expect {
                    _ = try await live.server.prepare(Command(.addDevice, [nobody], arguments))
                } throws: { ($0 as? BackendError)?.words.contains("already, as number \(id)") == true }
            }
            #expect(live.commands == Array(repeating: "POST /api/v0/devices", count: 3))
        }
    }

    @Test("a device that does not answer is added only when told to", arguments: LiveLibreNMS.releases)
    func silent(release: LibreNMSRelease) async throws {
        try await withLiveServer(release) { live in
            var arguments: [FieldKey: Value] = [
                "hostname": .text("r1.down.example.net"), "community": .text("public"),
            ]
            let refused = await live.perform(
                try await live.server.prepare(Command(.addDevice, [nobody], arguments)))
            #expect(refused.map(\.state) == [.failed])
            #expect(refused.first?.words.hasSuffix("the server does not have it") == true)
            arguments["force_add"] = .flag(true)
            let forced = await live.perform(
                try await live.server.prepare(Command(.addDevice, [nobody], arguments)))
            #expect(forced.map(\.state) == [.verified])
        }
    }

    @Test(
        "what SNMP needs is asked for before anything is sent",
        arguments: [
            ([:], "needs a host name"), (["hostname": .text("a/b")], "no host name"),
            (["hostname": .text("a")], "needs a community"),
            (["hostname": .text("a"), "version": .text("v3")], "needs authname"),
            (
                [
                    "hostname": .text("a"), "version": .text("v3"), "authname": .text("u"),
                    "authpass": .text("p"),
                ],
                "needs cryptopass"
            ),
            (["hostname": .text("a"), "community": .text("c"), "port": .text("70000")], "no port"),
        ] as [([FieldKey: Value], String)])
    func needed(arguments: [FieldKey: Value], words: String) async throws {
        try await withLiveServer(.modern) { live in
            await #expect {
                _ = try await live.server.prepare(Command(.addDevice, [nobody], arguments))
            } throws: { ($0 as? BackendError)?.words.contains(words) == true }
            #expect(live.commands.isEmpty)
        }
    }

    @Test(
        "a field is updated and read back; one that is not there is not sent",
        arguments: LiveLibreNMS.releases)
    func updating(release: LibreNMSRelease) async throws {
        try await withLiveServer(release) { live in
            let device = try await live.table(.device).refs[3]
            let command = Command(
                .updateDevice, [device], ["field": .text("notes"), "data": .text("keep online")])
            let plan = try await live.server.prepare(command)
            #expect(plan.summary.first?.hasSuffix("→ keep online") == true)
            #expect(await live.perform(plan) == [Outcome(device, .verified, "notes is keep online")])
            #expect(try await live.server.prepare(command).excluded.first?.words == "notes is so already")
            let bogus = Command(.updateDevice, [device], ["field": .text("bogus"), "data": .text("1")])
            await #expect {
                _ = try await live.server.prepare(bogus)
            } throws: { ($0 as? BackendError)?.words == "no device has a field bogus" }
            let secret = Command(.updateDevice, [device], ["field": .text("community"), "data": .text("x")])
            await #expect {
                _ = try await live.server.prepare(secret)
            } throws: { ($0 as? BackendError)?.words.contains("is a secret") == true }
            #expect(live.commands == ["PATCH /api/v0/devices/\(device.id)"])
        }
    }

    @Test("an old server escapes twice, and the outcome tells")
    func escaped() async throws {
        try await withLiveServer(.release2016) { live in
            let device = try await live.table(.device).refs[3]
            let plan = try await live.server.prepare(
                Command(.updateDevice, [device], ["field": .text("notes"), "data": .text("it's fine")]))
            #expect(plan.warnings.first?.contains("it\\'s fine") == true)
            let outcomes = await live.perform(plan)
            #expect(outcomes == [Outcome(device, .verified, #"notes is kept as it\'s fine"#)])
        }
    }

    @Test("a device is deleted, and its absence is the evidence", arguments: LiveLibreNMS.releases)
    func deleting(release: LibreNMSRelease) async throws {
        try await withLiveServer(release) { live in
            let devices = try await live.table(.device)
            let plan = try await live.server.prepare(Command(.deleteDevice, [devices.refs[2]]))
            #expect(plan.tier == .hurts)
            #expect(await live.perform(plan).map(\.state) == [.verified])
            #expect(try await live.table(.device).count == devices.count - 1)
            let again = try await live.server.prepare(Command(.deleteDevice, [devices.refs[2]]))
            #expect(again.steps.isEmpty && again.excluded.count == 1)
        }
    }

    @Test("maintenance is offered where it exists, and seen to have begun")
    func maintenance() async throws {
        try await withLiveServer(.release2016) { live in
            _ = try await live.server.check()
            #expect(!live.server.commands.contains { $0.kind == .maintenance })
        }
        try await withLiveServer(.modern) { live in
            let device = try await live.table(.device).refs[1]
            let plan = try await live.server.prepare(
                Command(.maintenance, [device], ["duration": .text("90 m"), "title": .text("splicing")]))
            #expect(plan.steps.first?.request.shownBody == #"{"duration":"1:30","title":"splicing"}"#)
            #expect(await live.perform(plan) == [Outcome(device, .verified, "under maintenance")])
            let again = try await live.server.prepare(
                Command(.maintenance, [device], ["duration": .text("2:00")]))
            #expect(again.steps.first?.state == "under maintenance already")
            #expect(await live.perform(again).map(\.state) == [.accepted])
            for wrong in ["", "soon", "0:00", "1:99", "5"] {
                await #expect(throws: BackendError.self) {
                    _ = try await live.server.prepare(
                        Command(.maintenance, [device], ["duration": .text(wrong)]))
                }
            }
        }
    }

    @Test(
        "devices are found by an address of a port, with their own status", arguments: LiveLibreNMS.releases)
    func searching(release: LibreNMSRelease) async throws {
        try await withLiveServer(release) { live in
            let ports = try await live.table(.port)
            let devices = try await live.table(.device)
            let row = try #require(ports.refs.indices.first { ports.text($0, "mac").count == 12 })
            guard case .ref(let device, _) = ports.value(row, .device) else { return }
            let mac = ports.text(row, "mac").uppercased()
            let pairs = stride(from: 0, to: 12, by: 2).map { place in
                String(mac.dropFirst(place).prefix(2))
            }
            for text in [mac, pairs.joined(separator: ":"), pairs.joined(separator: "-")] {
                let found = try await live.server.search(.device, text)
                #expect(found.refs.contains(device))
                let place = try #require(found.row(of: device))
                #expect(found.text(place, .matched).hasPrefix("port"))
                #expect(found.text(place, .matched).contains(ports.name(row)))
                for entity in found.refs {
                    let (a, b) = (try #require(found.row(of: entity)), try #require(devices.row(of: entity)))
                    #expect(found.text(a, .status) == devices.text(b, .status))
                    #expect(found.name(a) == devices.name(b))
                }
            }
            let other = try #require(devices.refs.indices.first { devices.text($0, "ip").contains("10.") })
            let byAddress = try await live.server.search(.device, devices.text(other, "ip"))
            #expect(byAddress.refs.contains(devices.refs[other]) || byAddress.count == 0)
            #expect(try await live.server.search(.device, "2001:db8::dead:beef").count == 0)
            await #expect(throws: BackendError.self) { _ = try await live.server.search(.device, "core") }

            let bills = try await live.table(.bill)
            let byRef = try await live.server.search(.bill, bills.text(0, "ref"))
            #expect(byRef.refs == [bills.refs[0]])
            let byCustomer = try await live.server.search(.bill, bills.text(0, "custid"))
            #expect(byCustomer.refs.contains(bills.refs[0]))
        }
    }

    @Test(
        "addresses are told apart",
        arguments: [
            ("00:00:0C:9f:f0:13", "mac", "00000c9ff013"), ("0000.0c9f.f013", "mac", "00000c9ff013"),
            ("192.0.2.1", "ipv4", "192.0.2.1"), ("2001:DB8::1", "ipv6", "2001:db8::1"),
            ("::1", "ipv6", "::1"),
        ])
    func addresses(text: String, type: String, sent: String) {
        let address = SearchedAddress(text)
        #expect(address?.type == type)
        #expect(address?.text == sent)
    }
}
