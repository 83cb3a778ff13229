import AdapterKit
import Domain
import JSON
import Testing

@testable import LibreNMSAdapter

@Suite("LibreNMS: recorded bodies")
struct MappingTests {
    static let releases = ["2016", "26.7"]

    private func table(_ release: String, _ kind: ResourceKind) async throws -> Table {
        let sink = MergingSink()
        let server = LibreNMSServer.unhurried(try RecordedLibreNMS(release).transport())
        #expect(try await server.refresh(Query(kind), into: sink) == .complete)
        return sink.table
    }

    @Test("no device is lost, and what each is set to comes before what it answers", arguments: releases)
    func devices(release: String) async throws {
        let table = try await table(release, .device)
        #expect(table.count == 328)
        #expect(Set(table.refs).count == 328)
        let recorded = try Recording(release, "devices").rows("devices")
        #expect(Set(table.refs.map(\.id)) == Set(recorded.map { $0["device_id"]?.word ?? "" }))
        var words: [String: Int] = [:]
        for row in 0..<table.count { words[table.text(row, .status), default: 0] += 1 }
        let (up, off) = ("1", "1")
        let disabled = recorded.filter { $0["disabled"]?.word == off }
        let ignored = recorded.filter { $0["disabled"]?.word != off && $0["ignore"]?.word == off }
        let watched = recorded.filter { $0["disabled"]?.word != off && $0["ignore"]?.word != off }
        #expect(words["disabled"] == disabled.count)
        #expect(words["ignored"] == ignored.count)
        #expect(words["up"] == watched.count { $0["status"]?.word == up })
        #expect(words["down"] == watched.count { $0["status"]?.word == "0" })
    }

    @Test("a device's fields arrive in their columns", arguments: releases)
    func deviceFields(release: String) async throws {
        let table = try await table(release, .device)
        let row = try #require(table.row(of: EntityRef(BackendID(0), .device, id: "321")))
        #expect(table.name(row) == "utf8-names.example.net")
        #expect(table.text(row, "hardware") == "Züri-Box")
        #expect(table.text(row, "contact") == "Jürgen Müller <jm@example.net>")
        #expect(table.text(row, "ip") == "10.1.71.1")
        #expect(table.text(row, "os") == "linux")
        #expect(table.integer(row, "uptime") == 259_200)
        let polled = release == "2016" ? "2026-11-21 01:18:54" : "2026-11-21 01:26:31"
        #expect(
            table.value(row, .lastPolled)
                == CivilTime.parse(polled, clock: ServerClock(offset: 0, isCertain: true)).map { .time($0) })
        // The bidi override of the place is gone, its text is kept.
        #expect(table.text(row, .location) == #"Rack "7" \ <b>Keller</b> & Co; esrever – Ελλάδα"#)
    }

    @Test(
        "odd devices are shown clean: nulls, control characters, digits, 3,000 letters", arguments: releases)
    func oddDevices(release: String) async throws {
        let table = try await table(release, .device)
        func row(_ id: String) throws -> Int {
            try #require(table.row(of: EntityRef(BackendID(0), .device, id: id)))
        }
        #expect(table.name(try row("325")) == "10101")
        #expect(table.name(try row("326")) == "2001:db8::17")
        let nulls = try row("322")
        #expect(table.name(nulls) == "all-nulls.example.net")
        #expect(table.text(nulls, .status) == "down")
        #expect(table.value(nulls, "uptime") == .none)
        #expect(table.value(nulls, .lastPolled) == .none)
        #expect(table.text(try row("324"), "version") == "1.0null")
        #expect(table.text(try row("323"), "serial").count > 100)
        for row in 0..<table.count {
            for column in table.resource.fields.indices {
                let text = table.text(row, column)
                #expect(!text.unicodeScalars.contains { Cleaning.isHostile($0) }, "\(table.refs[row])")
            }
        }
    }

    @Test("every alert that is open is there, none that has cleared", arguments: releases)
    func alerts(release: String) async throws {
        let table = try await table(release, .alert)
        let recorded = try RecordedLibreNMS(release).alerts.filter { $0["state"]?.word != "0" }
        #expect(table.count == (release == "2016" ? 69 : 68))
        #expect(Set(table.refs.map(\.id)) == Set(recorded.map { $0["id"]?.word ?? "" }))
        let words = ["1": "open", "2": "acknowledged", "3": "worse", "4": "better", "5": "changed"]
        for alert in recorded {
            let id = alert["id"]?.word ?? ""
            let row = try #require(table.row(of: EntityRef(BackendID(0), .alert, id: id)))
            #expect(table.text(row, .state) == words[alert["state"]?.word ?? ""])
            #expect(!table.text(row, .device).isEmpty)
            #expect(!table.text(row, .rule).isEmpty)
            #expect(table.integer(row, .since) != nil)
        }
    }

    @Test(
        "severity and rule name come from the rules, whether the alert has them or not", arguments: releases)
    func severities(release: String) async throws {
        let table = try await table(release, .alert)
        let rules = try Recording(release, "rules").rows("rules")
        for row in 0..<table.count {
            guard case .ref(let rule, let name) = table.value(row, .rule) else {
                Issue.record("\(table.refs[row]) has no rule")
                continue
            }
            guard let recorded = rules.first(where: { $0["id"]?.word == rule.id }) else {
                // Only servers of 2016 list alerts whose rule was deleted.
                #expect(release == "2016")
                #expect(name == "rule \(rule.id)")
                #expect(table.text(row, .severity) == "unknown")
                continue
            }
            #expect(name == Cleaning.clean(recorded["name"]?.word ?? ""))
            #expect(table.text(row, .severity) == recorded["severity"]?.word)
        }
    }

    @Test("the note of an alert is its last line, and until-clear is read from a text of JSON")
    func notes() async throws {
        let table = try await table("26.7", .alert)
        let taken = try #require(table.row(of: EntityRef(BackendID(0), .alert, id: "126")))
        #expect(table.text(taken, .note) == "admin: looking at it – Jürgen")
        #expect(table.value(taken, .untilClear) == .flag(false))
        let lasting = try #require(table.row(of: EntityRef(BackendID(0), .alert, id: "36")))
        #expect(table.value(lasting, .untilClear) == .flag(true))
        let open = try #require(table.row(of: EntityRef(BackendID(0), .alert, id: "125")))
        #expect(table.value(open, .untilClear) == .none)
        #expect(table.text(open, .note) == "with newline [31m and ünïcode")
    }

    @Test(
        "the last entry of a note is shown as who and what",
        arguments: [
            ("", ""), ("\n \n", ""), ("a\nb", "b"), ("D - Ack (ana) x\nD - Ack (bob) y", "bob: y"),
            ("D - Ack (ana) two\nlines\n", "ana: two lines"), ("D - Ack (ana) \n", "ana"),
            ("D - Ack (ana", "D - Ack (ana"), ("D - Ack (a) (b) c", "a: (b) c"),
        ])
    func noteEntries(note: String, short: String) {
        #expect(AlertNote(note).short == short)
    }

    @Test("no port of /ports is lost, and octets per second become bits per second")
    func allPorts() async throws {
        let table = try await table("26.7", .port)
        #expect(table.count == 8044)
        let nameless = try #require(table.row(of: EntityRef(BackendID(0), .port, id: "8135")))
        #expect(table.name(nameless) == "port 8135")
        let first = try #require(table.row(of: EntityRef(BackendID(0), .port, id: "1")))
        #expect(table.name(first) == "p0")
        #expect(table.integer(first, "in_bps") == 7_555_676_376)
        #expect(
            table.value(first, .device)
                == .ref(EntityRef(BackendID(0), .device, id: "1"), name: "prn001.lon5.example.net"))
        #expect(table.text(first, "oper") == "up")
        // Asked for without ifAdminStatus, one that is not up may be switched off.
        let recorded = try Recording("26.7", "ports-all-columns").rows("ports")
        let down = try #require(recorded.first { $0["ifOperStatus"]?.word == "down" })
        let row = try #require(
            table.row(of: EntityRef(BackendID(0), .port, id: down["port_id"]?.word ?? "")))
        #expect(table.text(row, "oper") == "")
    }

    private func ports(_ rows: String) throws -> Table {
        let array = try JSONDocument("[\(rows)]").root.requireArray()
        return PortRows(backend: BackendID(0), deviceNames: [:], cutsRates: false).table(array, owner: "1")
    }

    @Test(
        "a speed at the end of its counter is not known but by the other one, and no share of it is told",
        arguments: [
            ("4294967295", "null", nil, nil), ("4294967295", "100000", 100_000_000_000, 10),
            ("\"4294967295\"", "\"0\"", nil, nil), ("1000000000", "1000", 1_000_000_000, 1000),
            ("0", "400000", 400_000_000_000, 2.5), ("null", "null", nil, nil),
        ] as [(String, String, Int64?, Double?)])
    func speeds(speed: String, megabits: String, bits: Int64?, percent: Double?) throws {
        let table = try ports(
            #"{"port_id":1,"ifSpeed":\#(speed),"ifHighSpeed":\#(megabits),"ifInOctets_rate":1250000000}"#)
        #expect(table.integer(0, "speed_bps") == bits)
        #expect(table.value(0, "in_percent") == (percent.map { .number($0) } ?? .none))
        #expect(table.integer(0, "in_bps") == 10_000_000_000)
    }

    @Test(
        "what a port does is not guessed from a part of what says it",
        arguments: [
            (#""ifOperStatus":"down","ifAdminStatus":"up","ignore":0"#, "down"),
            (#""ifOperStatus":"down","ifAdminStatus":"up","ignore":"1""#, "ignored"),
            (#""ifOperStatus":"down","ifAdminStatus":"up","ignore":"yes""#, ""),
            (#""ifOperStatus":"up","ifAdminStatus":"up","disabled":2"#, ""),
            (#""ifOperStatus":"down""#, ""), (#""ifOperStatus":"up""#, "up"),
            (#""ifOperStatus":null,"ifAdminStatus":null"#, "unknown"), (#""ifAdminStatus":"up""#, ""),
            (#""ifOperStatus":1,"ifAdminStatus":"up""#, ""),
            (#""ifOperStatus":"bewildered","ifAdminStatus":"up""#, ""),
            (#""ifOperStatus":"up","ifAdminStatus":"down""#, "disabled"),
        ])
    func portStates(members: String, state: String) throws {
        #expect(try ports(#"{"port_id":1,\#(members)}"#).text(0, "oper") == state)
    }

    @Test("half of a sum of errors is none")
    func errors() throws {
        let table = try ports(
            #"{"port_id":1,"ifInErrors_rate":3},{"port_id":2,"ifInErrors_rate":3,"ifOutErrors_rate":2}"#)
        #expect(table.value(0, "errors_per_s") == .none)
        #expect(table.value(1, "errors_per_s") == .number(5))
    }

    @Test(
        "a device is up or down only where the server says so, and how it is set",
        arguments: [
            (#""status":1,"disabled":0,"ignore":0"#, "up"),
            (#""status":"0","disabled":"0","ignore":"0""#, "down"),
            (#""status":true,"disabled":false,"ignore":false"#, "up"),
            (#""status":2,"disabled":0,"ignore":0"#, ""), (#""status":"abc","disabled":0,"ignore":0"#, ""),
            (#""status":null,"disabled":0,"ignore":0"#, ""), (#""status":1,"ignore":0"#, ""),
            (#""status":1,"disabled":0"#, ""), (#""disabled":1"#, "disabled"),
            (#""disabled":0,"ignore":1"#, "ignored"),
        ])
    func statuses(members: String, status: String) throws {
        let array = try JSONDocument(#"[{"device_id":1,\#(members)}]"#).root.requireArray()
        let clock = ServerClock(offset: 0, isCertain: true)
        let table = DeviceRows.table(array, backend: BackendID(0), clock: clock)
        #expect(table.text(0, .status) == status)
    }

    @Test(
        "a name that is given as a template is filled in, and one that can't be is the host's",
        arguments: [
            ("{{ $sysName }} ({{ $hostname }})", "edge-a (192.0.2.10)"), ("{{$ip}}", "192.0.2.10"),
            ("{{ $sysName_fallback }}", "edge-a"), ("edge", "edge"), ("", "192.0.2.10"),
            ("{{ $location }} x", "192.0.2.10"), ("{{ $sysName", "192.0.2.10"), ("{{ }}", "192.0.2.10"),
        ])
    func displays(display: String, name: String) throws {
        let row: JSONTree = [
            "device_id": 1, "hostname": "192.0.2.10", "sysName": "edge-a", "ip": "192.0.2.10",
            "display": .string(display),
        ]
        let array = try JSONDocument(JSONTree.array([row]).text).root.requireArray()
        let clock = ServerClock(offset: 0, isCertain: true)
        #expect(DeviceRows.table(array, backend: BackendID(0), clock: clock).name(0) == name)
    }

    @Test("a rule whose text is empty beside a builder is what the builder says")
    func emptyRule() throws {
        let builder =
            #"{\"condition\":\"AND\",\"rules\":[{\"field\":\"devices.status\",\"operator\":\"equal\",\"value\":\"0\"}]}"#
        let row = try JSONDocument(#"{"id":1,"rule":"","builder":"\#(builder)"}"#).root
        #expect(WireRule(row)?.expression == #"%devices.status = "0""#)
    }

    @Test("ports of one device have rates, shares of the speed and states", arguments: releases)
    func devicePorts(release: String) throws {
        let rows = try JSONDocument(try Recording(release, "device-ports-columns").body).root.require("ports")
        let table = PortRows(backend: BackendID(0), deviceNames: ["3": "core"], cutsRates: release == "2016")
            .table(try rows.requireArray(), owner: "3")
        #expect(table.count == 54)
        let recorded = try Recording(release, "device-ports-columns").rows("ports")
        for port in recorded {
            let row = try #require(
                table.row(of: EntityRef(BackendID(0), .port, id: port["port_id"]?.word ?? "")))
            #expect(table.name(row) == port["ifName"]?.word)
            #expect(table.text(row, .device) == "core")
            let rate = Int64(port["ifInOctets_rate"]?.word ?? "") ?? 0
            #expect(table.integer(row, "in_bps") == rate * 8)
            let speed = Double(port["ifSpeed"]?.word ?? "") ?? 0
            if release == "2016", rate == PortRows.cutRate {
                // The server cut the rate: a share of it would be a lie.
                #expect(table.value(row, "in_percent") == .none)
            } else {
                #expect(table.value(row, "in_percent") == .number(Double(rate) * 800 / speed))
            }
            let word = port["ifAdminStatus"]?.word == "down" ? "disabled" : nil
            let expected = ["up": "up", "down": "down", "lowerLayerDown": "down", "dormant": "dormant"]
            #expect(table.text(row, "oper") == word ?? expected[port["ifOperStatus"]?.word ?? ""])
        }
    }

    @Test("rules of both releases have name, severity and whether they are on", arguments: releases)
    func rules(release: String) async throws {
        let table = try await table(release, .rule)
        #expect(table.count == 11)
        let eighth = try #require(table.row(of: EntityRef(BackendID(0), .rule, id: "8")))
        #expect(table.value(eighth, "enabled") == .flag(false))
        #expect(table.text(eighth, .severity) == "ok")
        #expect(!table.text(0, "expression").isEmpty)
    }
}
