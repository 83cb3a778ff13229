import Simulator
import Testing

@Suite("ports") struct PortTests {
    private static let asked =
        "port_id,device_id,ifIndex,ifName,ifDescr,ifAlias,ifAdminStatus,ifOperStatus,ifSpeed,ifMtu,ifType,"
        + "ifDuplex,ifVlan,ifPhysAddress,disabled,ifInOctets_rate,ifOutOctets_rate,ifInUcastPkts_rate,"
        + "ifOutUcastPkts_rate,ifInErrors,ifOutErrors,ifInErrors_rate,ifOutErrors_rate,poll_time"

    @Test("only names come unless columns are asked for", arguments: LibreNMSRelease.allCases)
    func names(_ release: LibreNMSRelease) async throws {
        let rows = try await withServer(release) { try await $0.get("/api/v0/devices/1/ports").rows("ports") }
        #expect(!rows.isEmpty)
        #expect(rows.allSatisfy { Array($0.keys) == ["ifName"] })
    }

    @Test("the columns that a dashboard needs exist in both releases", arguments: LibreNMSRelease.allCases)
    func columns(_ release: LibreNMSRelease) async throws {
        let rows = try await withServer(release) { client async throws in
            try await client.get("/api/v0/devices/1/ports?columns=\(Self.asked)").rows("ports")
        }
        #expect(!rows.isEmpty)
        #expect(rows.first?.count == Self.asked.split(separator: ",").count)
    }

    @Test("an unknown column empties the list in 2016 and is named today")
    func unknownColumn() async throws {
        let target = "/api/v0/devices/1/ports?columns=ifName,nosuch"
        let old = try await withServer(.release2016) { try await $0.get(target) }
        #expect(old.status == 200)
        #expect(old.rows("ports").isEmpty)
        let modern = try await withServer(.modern) { try await $0.get(target) }
        #expect(modern.status == 400)
        #expect(modern.message == "Invalid columns: nosuch")
    }

    @Test("the reserved word `ignore` breaks 2016's query unless it is quoted")
    func reservedWord() async throws {
        try await withServer(.release2016) { client async throws in
            let bare = try await client.get("/api/v0/devices/1/ports?columns=ifName,ignore")
            #expect(bare.status == 200)
            #expect(bare.rows("ports").isEmpty)
            let quoted = try await client.get("/api/v0/devices/1/ports?columns=ifName,%60ignore%60")
            #expect(quoted.rows("ports").first?["ignore"] as? String == "0")
        }
        let modern = try await withServer(.modern) { client async throws in
            try await client.get("/api/v0/devices/1/ports?columns=ifName,ignore").rows("ports")
        }
        #expect(modern.first?["ignore"] as? Int == 0)
    }

    @Test("a star is all columns in 2016; a star is unknown and a space fatal today")
    func star() async throws {
        let old = try await withServer(.release2016) { try await $0.get("/api/v0/devices/1/ports?columns=*") }
        #expect((old.rows("ports").first?.count ?? 0) > 60)
        #expect(old.rows("ports").first?["ifHighSpeed"] != nil)
        try await withServer(.modern) { client async throws in
            #expect(try await client.get("/api/v0/devices/1/ports?columns=*").status == 400)
            let gone = try await client.get("/api/v0/devices/1/ports?columns=ifHighSpeed")
            #expect(gone.message == "Invalid columns: ifHighSpeed")
            let spaced = try await client.get("/api/v0/devices/1/ports?columns=ifName,%20ifAlias")
            #expect(spaced.status == 500)
            #expect(spaced.message == "Server Error")
        }
    }

    @Test("no ports is an empty list in 2016, and a 404 today, also for an unknown device")
    func noPorts() async throws {
        for name in ["no-ports.example.net", "nosuch.example.net"] {
            let old = try await withServer(.release2016) { try await $0.get("/api/v0/devices/\(name)/ports") }
            #expect(old.status == 200)
            #expect(old.rows("ports").isEmpty)
            let modern = try await withServer(.modern) { try await $0.get("/api/v0/devices/\(name)/ports") }
            #expect(modern.status == 404)
            #expect(modern.message == "No ports found")
        }
    }

    @Test("a name with slashes is found when they are encoded, twice only in 2016")
    func encodedNames() async throws {
        try await withServer(.release2016) { client async throws in
            let name =
                try await client.get("/api/v0/devices/1/ports").rows("ports").first?["ifName"] as? String
            #expect(name == "Te0/0/0/0" || name == "xe-0/0/0")
            let once = (name ?? "").split(separator: "/").joined(separator: "%2F")
            let twice = once.split(separator: "%").joined(separator: "%25")
            for path in [once, twice] {
                let answer = try await client.get("/api/v0/devices/1/ports/\(path)")
                #expect((answer.json["port"] as? [String: Any])?["ifName"] as? String == name)
            }
            #expect(try await client.get("/api/v0/devices/1/ports/\(name ?? "")").status == 404)
            let plus = try await client.get("/api/v0/devices/utf8-names.example.net/ports/Gi0%2F1%252Bx")
            #expect((plus.json["port"] as? [String: Any])?["ifName"] as? String == "Gi0/1+x")
        }
        try await withServer(.modern) { client async throws in
            let name =
                try await client.get("/api/v0/devices/1/ports").rows("ports").first?["ifName"] as? String
            let once = (name ?? "").split(separator: "/").joined(separator: "%2F")
            let found = try await client.get("/api/v0/devices/1/ports/\(once)")
            #expect((found.json["port"] as? [String: Any])?.count == 73)
            #expect(found.json["count"] as? Int == 73)
            let twice = once.split(separator: "%").joined(separator: "%25")
            let missed = try await client.get("/api/v0/devices/1/ports/\(twice)")
            let computed: Set = ["in_rate", "out_rate", "in_perc", "out_perc", "in_pps", "out_pps"]
            #expect((missed.json["port"] as? [String: Any]).map { Set($0.keys) } == Optional(computed))
            #expect(try await client.get("/api/v0/devices/1/ports/\(name ?? "")").status == 500)
        }
    }

    @Test("an unknown port is null in 2016")
    func unknownPort() async throws {
        let old = try await withServer(.release2016) { try await $0.get("/api/v0/devices/1/ports/nosuch") }
        #expect(old.status == 200)
        #expect(old.json.keys.contains("port"))
        #expect(old.json["port"] as? [String: Any] == nil)
    }

    @Test("all ports come in one list today, without a count; a single one is a list too")
    func allPorts() async throws {
        try await withServer(.modern, world: World(scale: 2_000)) { client async throws in
            let all = try await client.get("/api/v0/ports?columns=\(Self.asked)")
            #expect(all.rows("ports").count == 2_000)
            #expect(all.json["count"] == nil)
            #expect(Set(all.rows("ports").compactMap { $0["port_id"] as? Int }).count == 2_000)
            let usual = try await client.get("/api/v0/ports").rows("ports").first
            #expect(usual.map { Set($0.keys) } == Set(["port_id", "ifName"]))
            let single = try await client.get("/api/v0/ports/17")
            #expect(single.rows("port").first?.count == 67)
            let none = try await client.get("/api/v0/ports/999999")
            #expect(none.status == 200)
            #expect(none.rows("port").isEmpty)
        }
        #expect(try await withServer(.release2016) { try await $0.get("/api/v0/ports") }.status == 404)
    }

    @Test("rates of 2016 end where its columns do")
    func clippedRates() async throws {
        let world = World(scale: 6_000)
        let all = try await withServer(.modern, world: world) { client async throws in
            try await client.get("/api/v0/ports?columns=port_id,device_id,ifInOctets_rate").rows("ports")
        }
        let fast = try #require(all.first { ($0["ifInOctets_rate"] as? Int ?? 0) > 2_147_483_647 })
        let (device, id) = (try #require(fast["device_id"]), try #require(fast["port_id"]))
        let old = try await withServer(.release2016, world: world) { client async throws in
            let target = "/api/v0/devices/\(device)/ports?columns=port_id,ifInOctets_rate"
            return try await client.get(target).rows("ports")
        }
        let same = try #require(old.first { $0["port_id"] as? String == "\(id)" })
        #expect(same["ifInOctets_rate"] as? String == "2147483647")
    }
}
