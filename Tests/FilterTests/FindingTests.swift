import Domain
import Filter
import Testing

@Suite("Finding rows")
struct FindingTests {
    @Test(
        "words, quotes and negations look at every text field",
        arguments: [
            ("", [1, 2, 3, 4, 5]), ("gi0", [1, 2]), ("gi0 mad", [1, 2]), ("gi0 !coslada", [1]),
            ("core", [1, 2]), ("\"core fibre\"", [2]), ("core coslada", [2]), ("!core", [3, 4, 5]),
            ("(acme | lo0)", [3, 5]), ("acme | lo0", [3, 5]), ("!(acme | lo0) up", [1, 2, 4]),
            ("!!gi0", [1, 2]),
            ("te0/1:2", [3]), ("4e:03", [4]), ("00:1b:2c:3d:4e:01", [2]), ("acme (hq)", [3]), ("nothing", []),
            ("\"\"", [1, 2, 3, 4, 5]), ("a|b|c|x", [1, 2, 3, 4]),
        ])
    func words(filter: String, expected: [Int]) throws {
        #expect(try World.find(filter) == expected)
    }

    @Test(
        "an upper-case letter makes a word match as written",
        arguments: [
            ("ACME", [3]), ("Acme", []), ("acme", [3]), ("Uplink", [1]), ("\"Madrid\"", [1]),
            ("!ACME", [1, 2, 4, 5]),
            ("ünïcode", [4]), ("σιγμα", [4]), ("Σιγμα", []), ("ΣΙΓΜΑ", [4]),
        ])
    func smartCase(filter: String, expected: [Int]) throws {
        #expect(try World.find(filter) == expected)
    }

    @Test(
        "regular expressions match within one field",
        arguments: [
            ("/^gi0\\/\\d+$/", [1, 2]), ("/^gi0/", [1, 2]), ("/0\\/1$/", [4]), ("/gi0/10/", [1]),
            ("/fibre.*mad1/", []), ("/coslada\\s+mad1/", []), ("/^core fibre/", [2]), ("/Gi0/", [1, 2]),
            ("/GI0/", []), ("!/gi0/", [3, 4, 5]), ("/^$/", [5]), ("/\\Amad1/", [1, 2]), ("/(?i)ACME/", [3]),
            ("/agg|lo0/", [3, 4, 5]), ("/core fibre/", [2]), ("(/^lo/ | /acme/)", [3, 5]),
            ("/ünï/", [4]), ("descr:/^c/", [2, 3]), ("device:/sw11$/", [3, 4]), ("descr:/^$/", [5]),
            ("name:/GI/", []), ("in_bps:/1/", []),
        ])
    func patterns(filter: String, expected: [Int]) throws {
        #expect(try World.find(filter) == expected)
    }

    @Test(
        "fields are tested by text, size, kind and condition",
        arguments: [
            ("name:gi0", [1, 2]), ("NAME:gi0", [1, 2]), ("description:core", [2]),
            ("descr:\"core fibre\"", [2]),
            ("name=gi0/2", [2]), ("name=Gi0/2", [2]), ("name=GI0/2", []), ("name=gi0", []),
            ("device=mad1-core-rtr02", [1, 2]), ("device:AGG", []), ("oper=down", [2, 3]),
            ("oper!=down", [1, 4, 5]),
            ("descr=\"\"", [5]), ("device=\"\"", [5]), ("mtu=\"\"", [5]), ("used=\"\"", [5]),
            ("in_bps>10M", [1, 4]), ("in_bps>=12M", [1, 4]), ("in_bps>12M", [4]), ("in_bps<1k", [2, 3]),
            ("in>1.2Gbps", [4]), ("in_bps<=1240M", [1, 2, 3, 4]), ("mtu:1500", [1, 3, 4]), ("mtu=9k", [2]),
            ("!mtu:1500", [2, 5]), ("used>80%", [1]), ("used>=35", [1, 4]), ("rx<-25dBm", [2, 3]),
            ("rx>-4", [1]), ("errors_per_s>0.4", [2, 4]), ("err/s>3", [2]), ("trunk:yes", [1, 3]),
            ("trunk=no", [2, 4]), ("is:trunk", [1, 3]), ("!is:trunk", [2, 4, 5]), ("age<1h", [1, 2]),
            ("age<=1h", [1, 2, 3]), ("age>1h", [4]), ("last_polled<1h30m", [1, 2, 3]),
            ("polled<1h30m", [1, 2, 3]), ("is:down", [2]),
            ("is:up", [1, 4]), ("is:disabled", [3]), ("is:problem", [2]), ("is:marked", [1, 3]),
            ("is:marked is:up", [1]), ("mac:4e:02", [3]), ("used_%>80", [1]),
        ])
    func fields(filter: String, expected: [Int]) throws {
        #expect(try World.find(filter) == expected)
    }

    @Test(
        "alerts are found by badness, state and age",
        arguments: [
            ("sev>=warning", [1, 2, 4]), ("sev>warning", [2, 4]), ("severity<critical", [1, 3]),
            ("sev<=ok", [3]), ("sev:crit", [2, 4]), ("severity=\"\"", [5]), ("is:open", [1, 4, 5]),
            ("is:firing", [1, 2, 4, 5]),
            ("is:acked", [2]), ("is:unhandled", [1, 4, 5]), ("is:cleared", [3]), ("state=open", [1]),
            ("is:critical", [2, 4]), ("is:warning", [1]), ("age<1h", [1, 4]), ("age>=1h", [2, 3, 5]),
            ("age>1d", [3]), ("since<5m", [1, 4]), ("lasted>1h", [2, 3]), ("lasted>3600", [2, 3]),
            ("is:open sev>=warning @core", [1, 4]), ("is:firing sev>=warning @core", [1, 2, 4]),
            ("is:problem !is:acked", [1, 4, 5]),
            ("note:splicer", [2]),
            ("rule=\"port down\"", [1, 3]), ("is:down", []),
        ])
    func alerts(filter: String, expected: [Int]) throws {
        #expect(try World.alertsFound(filter) == expected)
    }

    @Test("a problem is whatever carries less than it should, in every kind of row that has a status")
    func problems() throws {
        let resource = ResourceDescriptor(
            .bond, plural: "bonds", pane: .bonds,
            fields: [Field("name", "Bond", .text), Field("status", "Status", .state)],
            interval: 30)
        var builder = TableBuilder(resource, BackendID(0))
        let words = ["up", "degraded", "down", "warning", "critical", "unknown", "ignored", "disabled"]
        for (number, word) in words.enumerated() {
            builder.begin(EntityRef(BackendID(0), .bond, id: Int64(number)))
            builder.set(1, text: word)
        }
        let request = Arrangement.Request(
            tables: [builder.finish()], filter: try World.read("is:problem"), context: World.context)
        let found = try #require(Arrangement.make(request))
        #expect(found.rows.map { words[$0.row] } == ["degraded", "down", "warning", "critical"])
    }

    @Test("a backend is found by its name, and by its beginning where no name is the same")
    func backends() throws {
        let tables = (0..<3).map { World.portTable(on: $0) }
        func found(_ text: String) throws -> Set<UInt16> {
            let request = Arrangement.Request(
                tables: tables, filter: try World.read(text), context: World.context)
            let arrangement = try #require(Arrangement.make(request))
            return Set((0..<arrangement.count).map { arrangement.entity($0).backend.index })
        }
        #expect(try found("@core") == [0])
        #expect(try found("@core-") == [2])
        #expect(try found("@co") == [0, 2])
        #expect(try found("@EDGE") == [1])
        #expect(try found("!@edge") == [0, 2])
    }

    @Test("a field that a table lacks has no value there")
    func missingFields() throws {
        let both = [World.portTable(), World.alertTable()]
        #expect(try World.find("mtu>1", both) == [1, 2, 3, 4])
        #expect(try World.find("!mtu>1 sev>=ok", both) == [1, 2, 3, 4])
        #expect(try World.find("rule=\"\"", both) == [1, 2, 3, 4, 5])
    }

    @Test("an expression that backtracks without end leaves its rows out and says how many")
    func gaveUp() throws {
        var builder = TableBuilder(World.ports, BackendID(0))
        builder.begin(World.port(1))
        builder.set(0, text: String(repeating: "a", count: 3000) + "!")
        builder.begin(World.port(2))
        builder.set(0, text: "b")
        let table = builder.finish()
        for filter in ["/^(a+)+$/", "!/^(a+)+$/"] {
            let request = Arrangement.Request(
                tables: [table], filter: try World.read(filter), context: World.context)
            let found = try #require(Arrangement.make(request))
            #expect(found.undecided == 1)
            #expect((0..<found.count).map { found.entity($0).id } == (filter.hasPrefix("!") ? ["2"] : []))
        }
    }
}
