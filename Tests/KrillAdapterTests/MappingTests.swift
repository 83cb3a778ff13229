import AdapterKit
import Domain
import HTTP
import JSON
import Testing

@testable import KrillAdapter

@Suite("Krill: what its words mean")
struct MappingTests {
    private func watched(_ attributes: JSONTree, _ variables: JSONTree = [:], name: String = "met00001")
        throws
        -> Watched
    {
        guard case .object(let members) = attributes else { throw JSONError.empty }
        let tree: JSONTree = [
            "type": "Host", "name": .string(name), "attrs": .object(members + [.init("vars", variables)]),
        ]
        return try #require(Watched(try JSONDocument(tree.text).root))
    }

    @Test(
        "a registration is read in every shape, and placeholders are none",
        arguments: [
            (#""alarm""#, "alarm"), (#"["online"]"#, "online"), ("[]", nil), ("null", nil),
            (#""__regstate__""#, nil), (#"["__regtags__"]"#, nil), (#"["__x__","offline"]"#, "offline"),
            ("7", "7"), (#""""#, nil), (#"{"a":1}"#, nil),
        ] as [(String, String?)])
    func registration(text: String, word: String?) throws {
        #expect(Registration.word(try JSONDocument(text).root) == word)
    }

    @Test("the PON is the tag with slashes, else the place without its last number")
    func pons() {
        #expect(
            Registration(host: "OLT01", id: "0/13/6-6", tags: ["OLT01-0/13/6", "OLT01"]).pon == "OLT01-0/13/6"
        )
        #expect(Registration(host: "OLT01", id: "0/13/6-6", tags: ["OLT01"]).pon == "OLT01-0/13/6")
        #expect(Registration(host: "sw1", id: "Gi0/3", tags: ["sw1"]).pon == nil)
        #expect(Registration(host: "OLT01", id: nil).pon == nil)
    }

    @Test("a host comes first: one that is down is not fine, whatever its services last said")
    func downFirst() throws {
        let host = try watched(
            ["state": 1, "problem": 1, "alarm": 1, "severity": 2112, "output": "Offline!"],
            ["type": "cpe", "cpe_registration_state": ["online"], "administrative_info": ["id": 1]])
        let cpe = try #require(CPE(try JSONDocument(#"{"id":1,"internal_id":"met00001"}"#).root))
        #expect(CPERows.status(cpe, host, []) == .down)
        #expect(CPERows.reason(cpe, host) == "down, last seen online")
        #expect(host.severityWord == .critical)
        #expect(CPERows.status(cpe, nil, []) == .unknown)
        let pending = try watched(["state": 99, "problem": 0, "has_been_checked": 0])
        #expect(CPERows.status(cpe, pending, []) == .unknown)
    }

    @Test("one subscriber's line is a warning, whose impact the server calls less than normal")
    func oneLine() throws {
        func severity(_ impact: Int64) throws -> Severity {
            try watched(
                [
                    "state": 1, "problem": 1, "alarm": 1, "severity": 2112,
                    "business_impact": .integer(impact),
                ],
                ["type": "cpe", "administrative_info": ["id": 1]]
            ).severityWord
        }
        #expect(try severity(0) == .warning)
        #expect(try severity(1) == .warning)
        #expect(try severity(2) == .critical)
        #expect(try severity(5) == .critical)
    }

    @Test("a service of a line is a warning before its host was ever read, that of the network is not")
    func unknownHost() throws {
        func severity(_ impact: Int64) throws -> String {
            var memory = Memory()
            let service = try watched(
                [
                    "service_name": "pppoe", "host_name": "met00001", "state": 2, "problem": 1, "alarm": 1,
                    "severity": 2176, "business_impact": .integer(impact),
                ], name: "met00001!pppoe")
            memory.watch.take(problemServices: [service], isWhole: true)
            let table = AlertRows(BackendID(0), memory).table()
            return table.text(0, .severity)
        }
        #expect(try severity(1) == "warning")
        #expect(try severity(3) == "critical")
    }

    @Test("a line that nobody may use is switched off rather than down, and says why")
    func noAccess() throws {
        let cpe = try #require(CPE(try JSONDocument(#"{"id":1,"cpename":"a","access":false}"#).root))
        let host = try watched(
            ["state": 1, "problem": 1, "alarm": 1, "severity": 2112],
            ["administrative_info": ["id": 1, "access": false]])
        #expect(CPERows.status(cpe, host, []) == .disabled)
        #expect(CPERows.reason(cpe, host).hasPrefix("no access"))
        #expect(host.severityWord == .warning)
    }

    @Test(
        "what Krill calls an alarm is critical, other problems and causes elsewhere are warnings",
        arguments: [
            (#"{"state":1,"problem":1,"alarm":1,"severity":2112}"#, Severity.critical),
            (#"{"state":1,"problem":1,"alarm":1,"severity":2080}"#, .warning),
            (#"{"service_name":"txrx","state":2,"problem":1,"alarm":1,"severity":2176}"#, .critical),
            (#"{"service_name":"txrx","state":1,"problem":1,"alarm":0,"severity":2080}"#, .warning),
            (#"{"service_name":"txrx","state":3,"problem":1,"alarm":0,"severity":2112}"#, .warning),
            (#"{"state":0,"problem":0,"severity":0}"#, .ok),
            (#"{"state":99,"problem":0,"severity":16}"#, .unknown),
        ] as [(String, Severity)])
    func severities(attributes: String, severity: Severity) throws {
        let tree = JSONTree(try JSONDocument(attributes).root)
        #expect(try watched(tree).severityWord == severity)
    }

    @Test("what is handled is taken, and says by what")
    func handling() throws {
        let taken = try watched(["state": 1, "problem": 1, "acknowledged": 1, "handled": 1])
        #expect(taken.alertState == .acknowledged && taken.note == "")
        let silent = try watched(["state": 1, "problem": 1, "downtime_depth": 2, "handled": 1])
        #expect(silent.alertState == .acknowledged && silent.note == "in downtime")
        let follows = try watched(
            ["service_name": "dhcp", "state": 2, "problem": 1, "handled": 1], name: "a!dhcp")
        #expect(follows.alertState == .acknowledged && follows.note == "its host is down")
        #expect(try watched(["state": 1, "problem": 1]).alertState == .open)
    }

    @Test("light is judged from both sides of its limits, in words")
    func light() throws {
        let limits = OpticalLimits.usual
        #expect(limits.downstream.judge(-29.5).severity == .critical)
        #expect(limits.downstream.judge(-29.5).words == "too little light, below -29 dBm")
        #expect(limits.downstream.judge(-28).severity == .warning)
        #expect(limits.downstream.judge(-20).severity == .ok)
        #expect(limits.downstream.judge(-9).severity == .warning)
        #expect(limits.downstream.judge(-7).severity == .critical)
        let light = Light(
            [
                .init(name: "dnrx", value: -20, unit: "dBm"), .init(name: "uprx", value: -33, unit: "dBm"),
                .init(name: "upatt", value: -1, unit: "dB"), .init(name: "uptx", value: nil, unit: "dBm"),
            ], limits)
        #expect(light.severity == .critical)
        #expect(light.words == "OLT receives too little light, below -32 dBm")
        #expect(light.values["upatt"] == nil && light.values["uptx"] == nil)
        #expect(Light([.init(name: "dnrx", value: nil, unit: "dBm")], limits).severity == nil)
    }

    @Test("a site's own limits replace the usual ones, unless they make no sense")
    func ownLimits() throws {
        var limits = OpticalLimits.usual
        limits.take(try JSONDocument("[-25,-24,-10,-9]").root, of: "dnrx")
        #expect(limits.downstream.judge(-24.5).severity == .warning)
        limits.take(try JSONDocument("[1,2]").root, of: "dnrx")
        limits.take(try JSONDocument("[-8,-10,-24,-25]").root, of: "dnrx")
        #expect(limits.downstream.judge(-24.5).severity == .warning)
        #expect(limits.upstream == OpticalLimits.usual.upstream)
    }

    @Test("an offline ONT's nulls, -1 and 0.0.0.0 are no values, and its zero is not fine")
    func offline() throws {
        let body = #"""
            {"alarms":[],"distance":-1,"dnbw":0,"upbw":0,"ips":["0.0.0.0"],"output":"offline",
             "registration":{"host":"olt1","id":"0/5/14-2","states":["offline"],"tags":["olt1-0/5/14"]},
             "services":{"txrx":{"output":"","state_id":0,"perfdatas":[
              {"metric":"dnrx","value":null,"uom":"dBm","thresholds":[-29,-27,-11,-8]},
              {"metric":"upatt","value":-1.0,"uom":"dB","thresholds":[26,46]}]}},
             "state":"down","state_id":1,"tech":{"service_ports":[]},"uptime":0}
            """#
        let info = LineInfo(try JSONDocument(body).root)
        #expect(!info.isUp && info.uptime == nil)
        let sections = LiveSections.all(info, limits: .usual)
        let lines = sections.flatMap(\.lines)
        #expect(lines.first { $0.name == "state" }?.value == .text("down"))
        #expect(lines.first { $0.name == "addresses" }?.value == Value.none)
        #expect(
            !lines.contains { $0.name.hasPrefix("distance") || $0.name == "uptime" || $0.name == "download" })
        #expect(
            sections.contains { $0.lines.contains { $0.value == .text("no reading: the line is offline") } })
        #expect(
            !lines.contains { if case .text(let text) = $0.value { text.contains("fine") } else { false } })
    }

    @Test(
        "a link is believed in two known shapes with the CPE's own number, and made anew",
        arguments: [
            ("/api/v2/cpes/350/reboot", "/v2/cpes/{id}/reboot/"),
            ("/api/v2/isp/cpes/350/reboot", "/v2/isp/cpes/{id}/reboot/"),
            ("/api/v2/isp/cpes/350/reboot/", "/v2/isp/cpes/{id}/reboot/"),
            ("http://pre1:4280/api/v2/cpes/350/reboot", "/v2/cpes/{id}/reboot/"),
            ("/api/v2/cpes/351/reboot", "/v2/isp/cpes/{id}/reboot/"),
            ("/api/v2/cpes/350/factory", "/v2/isp/cpes/{id}/reboot/"),
            ("/api/v2/../admin/350/reboot", "/v2/isp/cpes/{id}/reboot/"),
            ("https://evil.example.com/x", "/v2/isp/cpes/{id}/reboot/"), ("", "/v2/isp/cpes/{id}/reboot/"),
        ])
    func links(link: String, template: String) {
        #expect(CPEAction.reboot.template(by: link, of: "350").description == template)
    }

    @Test("many ONTs of one PON down together are one outage; few, or of a PON of unknown size, are none")
    func outages() throws {
        func ont(_ number: Int, isDown: Bool, pon: Int = 1) throws -> Watched {
            try watched(
                [
                    "host_name": .string("met\(number)"), "state": .integer(isDown ? 1 : 0),
                    "problem": .integer(isDown ? 1 : 0),
                    "last_state_change": .string("2026-11-21T01:\(10 + number):00Z"),
                ],
                [
                    "administrative_info": ["id": .integer(Int64(number))],
                    "cpe_registration_host": "OLT02", "cpe_registration_tags": .string("OLT02-0/3/\(pon)"),
                ], name: "met\(number)")
        }
        var watch = Watch()
        watch.take(try (0..<8).map { try ont($0, isDown: $0 < 6) })
        watch.take(try (20..<30).map { try ont($0, isDown: $0 < 23, pon: 2) })
        #expect(Outage.all(in: watch) { watch.ponSizes[$0] }.isEmpty)
        #expect(watch.suspects == ["OLT02-0/3/1"])
        watch.keep(only: Set(watch.hosts.keys), at: Timestamp(1))
        let outages = Outage.all(in: watch) { watch.ponSizes[$0] }
        #expect(outages.map(\.words) == ["PON OLT02-0/3/1: 6 of 8 ONTs down"])
        // The fourth of the eight went down at 01:13.
        #expect(
            outages.first?.since
                == CivilTime.parse("2026-11-21T01:13:00Z", clock: .init(offset: 0, isCertain: true)))
    }
}
