import AdapterKit
import Domain
import HTTP
import JSON
import Testing

@testable import KrillAdapter

@Suite("Krill: what its words mean")
struct MappingTests {
    private let all = Memory.Known(hosts: true, services: true)

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
            [
                "state": 1, "problem": 1, "alarm": 1, "severity": 2112, "output": "Offline!",
                "business_impact": 2,
            ],
            ["type": "cpe", "cpe_registration_state": ["online"], "administrative_info": ["id": 1]])
        let cpe = try #require(
            CPE(try JSONDocument(#"{"id":1,"internal_id":"met00001","access":true,"active":true}"#).root))
        #expect(CPERows.status(cpe, host, [], knowing: all) == .down)
        #expect(CPERows.reason(cpe, host) == "down, last seen online")
        #expect(host.severityWord == .critical)
        #expect(CPERows.status(cpe, nil, [], knowing: all) == .unmonitored)
        #expect(CPERows.status(cpe, nil, [], knowing: .init(hosts: false, services: true)) == nil)
        let pending = try watched(["state": 99, "problem": 0, "has_been_checked": 0])
        #expect(CPERows.status(cpe, pending, [], knowing: all) == .unknown)
    }

    @Test("one subscriber's line is a warning, whose impact the server calls less than normal")
    func oneLine() throws {
        func severity(_ impact: Int64) throws -> Severity? {
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
        #expect(CPERows.status(cpe, host, [], knowing: all) == .disabled)
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
        "a link is believed in two known shapes with the CPE's own number, and made again",
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

    @Test("a line is up only where its host, its services and its rights are known")
    func upIsKnown() throws {
        func cpe(_ json: String) throws -> CPE { try #require(CPE(try JSONDocument(json).root)) }
        let known = try cpe(#"{"id":1,"cpename":"a","access":true,"active":true}"#)
        let up = try watched(["state": 0, "problem": 0])
        let failing = try watched(
            ["service_name": "pppoe", "state": 2, "problem": 1], name: "met00001!pppoe")
        #expect(CPERows.status(known, up, [], knowing: all) == .up)
        #expect(CPERows.status(known, up, [failing], knowing: all) == .warning)
        #expect(CPERows.status(known, up, [], knowing: .init(hosts: true, services: false)) == nil)
        for lacking in [#"{"problem":0}"#, #"{"state":null}"#, #"{"state":[]}"#, #"{"state":7}"#] {
            let host = try watched(JSONTree(try JSONDocument(lacking).root))
            #expect(host.state == nil && CPERows.status(known, host, [], knowing: all) == nil)
            #expect(DeviceRows.status(host, [], servicesAreKnown: true) == nil)
        }
        let down = try watched(["state": 1, "problem": 1])
        #expect(CPERows.status(known, down, [], knowing: all) == .down)
        #expect(
            CPERows.status(try cpe(#"{"id":1,"cpename":"a","active":true}"#), down, [], knowing: all) == nil)
        #expect(try watched(["state": 0, "has_been_checked": 0]).state == Watched.pending)
        #expect(DeviceRows.status(up, [], servicesAreKnown: false) == nil)
        #expect(DeviceRows.status(up, [], servicesAreKnown: true) == .up)
    }

    @Test("a problem is one by its state too, and one that says neither is noted and no success")
    func problems() throws {
        #expect(try watched(["state": 1]).isProblemKnown == true)
        #expect(try watched(["state": 0]).isProblemKnown == false)
        #expect(try watched(["state": 99]).isProblemKnown == false)
        #expect(try watched(["output": "?"]).isProblemKnown == nil)
        var missing = MissingFields()
        try watched(["output": "?"], ["type": "olt"]).noteMissing(of: "hosts with problems", in: &missing)
        #expect(
            missing.completeness
                == .partial(
                    "1 hosts with problems without \"acknowledged\", 1 hosts with problems without \"downtime\", "
                        + "1 hosts with problems without \"handled\", 1 hosts with problems without \"problem\", "
                        + "1 hosts with problems without \"state\""))
        let whole: JSONTree = ["state": 1, "problem": 1, "handled": 0, "acknowledged": 0, "downtime": 0]
        var none = MissingFields()
        try watched(whole, ["type": "olt"]).noteMissing(of: "hosts with problems", in: &none)
        #expect(none.isEmpty)
    }

    @Test(
        "a customer's status is the worst of lines that are in use, and empty where one of them is not known")
    func customers() {
        #expect(CustomerRows.status([]) == .unmonitored)
        #expect(CustomerRows.status([.disabled, .unmonitored]) == .disabled)
        #expect(CustomerRows.status([.up, .disabled]) == .up)
        #expect(CustomerRows.status([.up, nil]) == nil)
        #expect(CustomerRows.status([.down, nil]) == .warning)
        #expect(CustomerRows.status([.down, .disabled]) == .down)
        #expect(CustomerRows.status([.up, .unknown]) == .unknown)
        #expect(CustomerRows.status([.up, .warning]) == .warning)
    }

    @Test("a host without variables is a CPE's where the CRM calls one so, before the host is read and after")
    func kinds() throws {
        let host = try watched(["state": 1, "problem": 1, "alarm": 1, "business_impact": 1])
        let bare = try #require(
            Watched(try JSONDocument(#"{"name":"met00001","attrs":{"state":1,"problem":1,"alarm":1}}"#).root))
        let cpe = try #require(CPE(try JSONDocument(#"{"id":7,"cpename":"met00001"}"#).root))
        #expect(bare.lacks.contains(.variables) && bare.isOfUnknownKind && host.isOfUnknownKind)
        for isFirst in [true, false] {
            var memory = Memory()
            if isFirst { memory.take([cpe]) }
            memory.watch.take([host])
            if !isFirst { memory.take([cpe]) }
            #expect(memory.watch.hosts["met00001"]?.isCPE == true)
            #expect(DeviceRows.table(memory.watch, BackendID(0)).count == 0)
            #expect(AlertRows(BackendID(0), memory).table().text(0, .severity) == "warning")
        }
    }

    @Test(
        "a tag and a place that name different PONs are doubted, and a name that its attributes do not have")
    func doubts() throws {
        #expect(Registration(host: "OLT01", id: "0/13/6-6", tags: ["olt01-0/13/6"]).isDoubtful)
        #expect(!Registration(host: "OLT01", id: "0/13/6-6", tags: ["OLT01-0/13/6"]).isDoubtful)
        #expect(!Registration(host: "OLT01", id: nil, tags: ["OLT01-0/13/6"]).isDoubtful)
        let host = try watched(["host_name": "met00001", "state": 0], name: "another")
        #expect(host.name == "met00001" && host.lacks.contains(.name))
    }

    @Test("details say in words what lies in objects and lists, without JSON and without secrets")
    func detailWords() throws {
        let row = try JSONDocument(
            #"""
            {"state":1,"perfdata":[{"name":"dnrx","value":-22.5,"uom":"dBm","warning":-11,"min":null}],
             "vars":{"type":"cpe","cpe_registration_tags":["OLT02-0/3/9","__x__"],
              "administrative_info":{"tech":"gpon","wifi_password":"s3cret","potses":[],"services":["dhcp","txrx"]}},
             "last_check_result":{"output":"ok","extra":{"a":{"b":{"c":1}}}},"joined":[[1,2],{"_links":{}}],
             "potses":[{"id":4,"lineid":"met7-1","password":"s3cret","dtmf":"auto"}]}
            """#
        ).root
        let lines = Fields.krill { _, _ in nil }.sections(row, []).flatMap(\.lines)
        let texts = lines.map { line in
            if case .text(let text) = line.value { "\(line.name)=\(text)" } else { "\(line.name)=" }
        }
        #expect(texts.contains("dnrx=-22.5 dBm, warning -11"))
        #expect(texts.contains("type=cpe") && texts.contains("cpe_registration_tags=OLT02-0/3/9"))
        #expect(texts.contains("administrative_info tech=gpon"))
        #expect(texts.contains("administrative_info services=dhcp, txrx"))
        #expect(texts.contains("output=ok") && texts.contains("met7-1=id 4, dtmf auto"))
        #expect(
            !texts.contains { $0.contains("s3cret") || $0.contains { "{}[]\"".contains($0) } }, "\(texts)")
    }
}
