import Canvas
@testable import Dashboard
@testable import DashboardSupport
import Domain
import Testing
@testable import Wallboard

@Suite("What visitors must not read")
struct RedactionTests {
    private static let all = WallboardProfile(
        name: "visitors", pages: WallboardProfile.every.pages + [WallboardPage(.pane(.customers))],
        redaction: Set(Redaction.allCases))

    @Test("names of customers, addresses and notes are on no page, in no message and in no banner")
    func everywhere() {
        let secrets = [
            "acme-hq", "globex-north", "initech", "customer-100", "customer 7", "10.0.", "192.0.2.7",
            "2001:db8", "00:1b:21", "splicer", "filter ordered", "fibre Coslada of acme",
        ]
        for size in [Size(80, 24), Size(240, 67), Size(500, 60)] {
            var desk = Desk.wall(Self.all, size: size)
            let rows =
                World.coreAlerts + [
                    (
                        90, "critical", "open", 0, "mad1-core-rtr01",
                        "Peer 192.0.2.7 (2001:db8::7) of Globex-North lost", "ana: call 00:1b:21:aa:bb:cc"
                    )
                ]
            desk.refreshed(World.core, .alert, World.alerts(World.core, rows))
            desk.failed(World.edge, .alert, .server)
            for _ in Self.all.pages {
                for secret in secrets {
                    #expect(!desk.readable.contains(secret), "\(secret) on page \(desk.page) at \(size)")
                }
                desk.press("n")
                desk.tick(0.1)
            }
            desk.send(.noticed(.bad, "192.0.2.7 is not reached, nor is acme-hq"))
            #expect(desk.readable.contains("xxx.x.x.x is not reached, nor is •••"))
        }
    }

    @Test("without redaction all of it can be read")
    func nothing() {
        var desk = Desk.wall(
            WallboardProfile(name: "own", pages: [WallboardPage(.pane(.bonds))]), size: Size(240, 67))
        desk.tick(0.1)
        #expect(desk.readable.contains("acme-hq"))
    }

    @Test("one kind of secret hides no other")
    func single() {
        func page(_ redaction: Set<Redaction>) -> String {
            let pages = [WallboardPage(.pane(.alerts))]
            return Desk.wall(
                WallboardProfile(name: "s", pages: pages, redaction: redaction), size: Size(240, 67)
            ).readable
        }
        #expect(page([.addresses]).contains("splicer"))
        #expect(!page([.notes]).contains("splicer"))
        #expect(page([.notes]).contains("globex-north"))
        #expect(!page([.customers]).contains("globex-north"), "a bond is called after its customer")
        #expect(page([.customers]).contains("mad1-core-rtr02"))
    }

    @Test(
        "addresses in texts",
        arguments: [
            ("10.0.0.1", "xx.x.x.x"), ("peer 192.0.2.17: down", "peer xxx.x.x.xx: down"),
            ("2001:db8::7 lost", "xxxx:xxx::x lost"), ("fe80::1%eth0", "xxxx::x%eth0"),
            ("2001:db8:0:1:2:3:4:5", "xxxx:xxx:x:x:x:x:x:x"), ("::ffff:10.0.0.1", "::xxxx:xx.x.x.x"),
            ("00:1b:21:3c:4d:5e", "xx:xx:xx:xx:xx:xx"), ("00-1B-21-3C-4D-5E", "xx-xx-xx-xx-xx-xx"),
            ("001b.213c.4d5e", "xxxx.xxxx.xxxx"), ("(10.1.2.3/24)", "(xx.x.x.x/24)"),
            ("03:14:22", "03:14:22"), ("Te0/1:2", "Te0/1:2"), ("2026-11-21 03:14", "2026-11-21 03:14"),
            ("1.5 of 2.5", "1.5 of 2.5"), ("mad1-core-rtr02", "mad1-core-rtr02"), ("", ""),
            ("host10.0.0.1x", "host10.0.0.1x"), ("0/5/3:12", "0/5/3:12"), ("é 10.0.0.1", "é xx.x.x.x"),
        ])
    func addresses(_ text: String, _ hidden: String) {
        #expect(Addresses.hidden(in: text) == hidden)
    }

    @Test(
        "names in texts",
        arguments: [
            ("last leg of acme-hq down", "last leg of ••• down"), ("ACME-HQ", "•••"),
            ("acme-hq2 is another", "acme-hq2 is another"), ("initech, globex-north", "•••, •••"),
            ("nothing of the kind", "nothing of the kind"), ("(initech)", "(•••)"), ("", ""),
        ])
    func names(_ text: String, _ hidden: String) {
        #expect(CustomerNames([World.bondTable()]).hidden(in: text) == hidden)
    }

    @Test("names are learnt from tables as they come, and only where they are to be hidden")
    func learning() {
        var desk = Desk.wall(Self.all)
        desk.refreshed(World.bonds, "bond", World.bondTable(["up", "up", "up", "up"]))
        desk.send(.noticed(.plain, "bond-3 failed over"))
        #expect(desk.readable.contains("••• failed over"))
        #expect(Desk.wall().board?.customers.hidden(in: "acme-hq") == "acme-hq")
    }
}
