import AdapterKit
import ArgumentParser
import Canvas
import CurlTransport
import Dashboard
import Domain
import HTTP
import Testing

@testable import nocturne

@Suite("check and the welcome screen")
struct CheckTests {
    private func check(_ url: String, insecure: Bool = false) -> (BackendCheck, Endpoint) {
        var plan = BackendPlan("sea", at: url, TideAdapter.descriptor)
        plan.endpoint.trust.insecure = insecure
        return (BackendCheck(plan), plan.endpoint)
    }

    private func facts(_ end: String?) -> Result<ConnectionFacts, TransportError> {
        .success(
            ConnectionFacts(
                address: "192.0.2.1", lookup: 0.001, connect: 0.011, handshake: 0.111, certificateEnd: end))
    }

    @Test("moments of certificates and headers are read in every form they come in")
    func dates() {
        #expect(CertificateDate.read("Jan  1 12:00:00 2027 GMT") == Timestamp(1_798_804_800))
        #expect(CertificateDate.read("2027-01-01 12:00:00 GMT") == Timestamp(1_798_804_800))
        #expect(HTTPDate.read("Fri, 01 Jan 2027 12:00:00 GMT") == Timestamp(1_798_804_800))
        for text in ["", "Jan 2027", "Foo  1 12:00:00 2027 GMT", "Jan  1 12:00:00 2027 CET"] {
            #expect(CertificateDate.read(text) == nil)
        }
    }

    @Test("a certificate that ends soon is a warning, one that ends later is fine")
    func certificates() {
        for (now, verdict) in [(1_790_000_000, "fine"), (1_798_000_000, "warning")] {
            var (check, endpoint) = check("https://sea.example.net")
            check.take(facts("Jan  1 12:00:00 2027 GMT"), endpoint, now: Timestamp(Int64(now)))
            let found = check.findings.first { $0.subject == "certificate" }
            #expect(found?.verdict.rawValue == verdict)
            #expect(found?.words.contains("2027-01-01") == true)
        }
        var (open, endpoint) = check("https://sea.example.net", insecure: true)
        open.take(facts(nil), endpoint, now: Timestamp(0))
        #expect(
            open.findings.last?.verdict == .warning
                && open.findings.last?.words.contains("not verified") == true)
        var (plain, other) = check("http://sea.example.net")
        plain.take(facts(nil), other, now: Timestamp(0))
        #expect(plain.findings.last?.verdict == .warning)
    }

    @Test("a mode says which commands it lets through and what they ask for")
    func modes() {
        let commands = [
            CommandDescriptor(.acknowledge, title: "", targets: [.alert], tier: .harmless, effect: ""),
            CommandDescriptor("restart-bond", title: "", targets: [.bond], tier: .hurts, effect: ""),
        ]
        #expect(
            Allowance(commands, .normal).words
                == "normal; with --yes: acknowledge; with --confirm NAME: restart-bond")
        #expect(
            Allowance(commands, .guarded).words
                == "guarded; with --confirm NAME: acknowledge restart-bond")
        #expect(Allowance(commands, .readOnly).words == "none: nothing can be sent (read-only)")
        #expect(
            Allowance.summary(commands)
                == "normal 1 with --yes and 1 with --confirm NAME; guarded 2 with --confirm NAME; read-only none"
        )
    }

    @Test("with --read-only it says of every backend that nothing can be sent, whatever its mode")
    func readOnly() throws {
        for mode in BackendMode.allCases {
            var (check, _) = check("https://sea.example.net")
            let network = try Network(
                [BackendPlan("sea", at: "http://127.0.0.1:1", TideAdapter.descriptor)], isReadOnly: true,
                log: nil)
            check.take(
                .success(ServerInfo(product: "Tides 3", clock: ServerClock(offset: 0, isCertain: true))),
                Seen(), of: network.connections[0], mode, isReadOnly: true, now: Timestamp(0))
            let found = try #require(check.findings.first { $0.subject == "commands" })
            #expect(found.words.contains("nothing can be sent"))
            #expect(check.allowance?.simple.isEmpty == true && check.allowance?.hurting.isEmpty == true)
        }
    }

    @Test("a server whose clock differs is told apart from one whose clock is in sync")
    func clocks() throws {
        for (date, words) in [
            ("Fri, 01 Jan 2027 12:00:01 GMT", "in sync with this machine"),
            ("Fri, 01 Jan 2027 11:55:00 GMT", "5m behind"),
            ("Fri, 01 Jan 2027 12:01:00 GMT", "1m ahead"),
        ] {
            var seen = Seen()
            seen.take(
                Response(
                    status: 200, headers: [Header("Date", date)], body: Body([]),
                    exchange: .init(seconds: 0.02)),
                now: Timestamp(1_798_804_800))
            var (check, _) = check("https://sea.example.net")
            let network = try Network(
                [BackendPlan("sea", at: "http://127.0.0.1:1", TideAdapter.descriptor)], isReadOnly: true,
                log: nil)
            check.take(
                .success(ServerInfo(product: "Tides 3", clock: ServerClock(offset: 3600, isCertain: true))),
                seen,
                of: network.connections[0], .normal, isReadOnly: false, now: Timestamp(1_798_804_800))
            let found = try #require(check.findings.first { $0.subject == "clock" })
            #expect(found.words == "\(words); times without a zone are UTC+1")
            #expect(check.findings.contains { $0.subject == "latency" && $0.words.hasPrefix("20 ms") })
        }
    }

    @Test(
        "whether the account may change anything is a finding of its own, and only what is known is claimed")
    func authority() throws {
        let network = try Network(
            [BackendPlan("sea", at: "http://127.0.0.1:1", TideAdapter.descriptor)], isReadOnly: true, log: nil
        )
        for (mayChange, verdict, words) in [
            (true, "fine", "allowed: "), (false, "warning", "read-only account: "),
            (nil, "fine", "not known: "),
        ] as [(Bool?, String, String)] {
            var (check, _) = check("https://sea.example.net")
            check.take(
                .success(ServerInfo(product: "Tides 3", clock: ServerClock(offset: 0, isCertain: true))),
                Seen(),
                of: network.connections[0], .normal, authority: Authority(mayChange, "as it seems"),
                isReadOnly: false, now: Timestamp(1_798_804_800))
            let found = try #require(check.findings.first { $0.subject == "changes" })
            #expect(found.words == words + "as it seems" && found.verdict.rawValue == verdict)
        }
    }

    @Test("help of a command is its own, and that of all names each once")
    func help() {
        for arguments in [
            ["do", "acknowledge", "--help"], ["do", "--help", "acknowledge"], ["do", "acknowledge", "-h"],
        ] {
            #expect(ActHelp.topic(of: arguments) == .acknowledge)
        }
        #expect(
            ActHelp.topic(of: ["do", "--help"]) == nil
                && ActHelp.topic(of: ["do", "acknowledge", "7"]) == nil)
        #expect(
            ShortCommands.routed(["acknowledge", "--help"], besides: []) == ["do", "acknowledge", "--help"])
        for command in AdapterRegistry.commands {
            #expect(ActHelp.all.matches(of: #/\n  ([a-z-]+) +/#).count { $0.1 == command.kind.rawValue } == 1)
        }
        for kind in AdapterRegistry.native { #expect(Nocturne.configuration.abstract.contains(kind.title)) }
    }

    @Test("help fits one screen, names every subcommand and cuts no line")
    func firstHelp() throws {
        let lines = FirstHelp.text.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines.count <= 30)
        #expect(
            lines.allSatisfy { $0.count <= 80 && !$0.hasSuffix("…") || $0.hasSuffix("bond…") }, "\(lines)")
        for command in Nocturne.configuration.subcommands where command.configuration.shouldDisplay {
            let name = command.configuration.commandName ?? ""
            let entry = try Regex("\\n  (.*, )?\(name)(,| )")
            let isThere =
                name == "dashboard" || FirstHelp.text.contains(entry) || FirstHelp.text.hasSuffix(name)
            #expect(isThere, "\(name)")
        }
        // What is typed there is understood.
        for line in lines where line.hasPrefix("  nocturne ") {
            let words = line.split(separator: "  ")[0].split(separator: " ").dropFirst().map(String.init)
            _ = try Nocturne.parseAsRoot(words.map { $0.replacing("'", with: "") })
        }
        for wanted in [["--help"], ["-h"], ["help"], ["--demo", "--help"]] {
            #expect(FirstHelp.isWanted(wanted, own: ["get"]), "\(wanted)")
        }
        for other in [["get", "--help"], ["help", "get"], [], ["--demo"], ["--demo", "get", "--help"]] {
            #expect(!FirstHelp.isWanted(other, own: ["get"]), "\(other)")
        }
    }

    @Test("a complaint has the program's name in front and no second word for it")
    func complaints() {
        #expect(Nocturne.withoutPrefix("Error: Missing expected argument '<resource>'").hasPrefix("Missing"))
        #expect(
            GetCommand.unknown("alrets", names: ["alerts", "devices"], listed: ["alerts", "devices"])
                == "unknown resource \"alrets\"; did you mean \"alerts\"?")
        #expect(
            GetCommand.unknown("xyz", names: ["alerts"], listed: ["alerts", "alerts"])
                == "unknown resource \"xyz\"; there are: alerts")
    }

    @Test("a word that nothing is called is told with what was meant")
    func slip() {
        let own = ["get", "show"]
        #expect(
            ShortCommands.complaint(about: ["gt", "alerts"], own: own)?.contains("did you mean \"get\"?")
                == true)
        for fine in [["get"], ["--demo"], [], ["acknowledge"], ["help", "get"]] {
            #expect(ShortCommands.complaint(about: fine, own: own) == nil)
        }
    }

    @Test("help that only Foundation could write is refused, and nothing else that looks like it")
    func dump() throws {
        let option = "--experimental-dump-help"
        for refused in [[option], ["get", option], ["ack", "--yes", option, "alert/1"], ["\(option)=json"]] {
            #expect(FirstHelp.complaint(about: refused)?.contains("\(option) is not supported") == true)
        }
        for fine in [
            [], ["--help"], ["ack", "--", option], ["get", "experimental-dump-help"], ["\(option)er"],
        ] {
            #expect(FirstHelp.complaint(about: fine) == nil, "\(fine)")
            // What is let through does not bring the parser to write it.
            let text = Result { try Nocturne.parseAsRoot(fine) }
            if case .failure(let error) = text {
                #expect(!Nocturne.fullMessage(for: error).hasPrefix("{"), "\(fine)")
            }
        }
    }

    @Test(
        "the welcome screen says where the configuration would be, at any size",
        arguments: [(80, 24), (20, 5), (9, 2)])
    func welcome(width: Int, height: Int) throws {
        let theme = try #require(Shipped.themes.first)
        let frame = Welcome.frame(Size(width, height), theme, path: "/etc/nocturne/config.toml")
        let lines = frame.textLines()
        #expect(lines.allSatisfy { $0.count <= width } && lines.count <= height)
        if width == 80 {
            let picture = lines.joined(separator: "\n")
            for words in ["/etc/nocturne/config.toml", "d   try it", "i   set it up", "q   quit"] {
                #expect(picture.contains(words))
            }
        }
        #expect(Welcome.choice(.key(.character("d"))) == .demo)
        #expect(Welcome.choice(.key(.character("i"))) == .setUp)
        #expect(Welcome.choice(.key(.named(.escape))) == .quit && Welcome.choice(.end) == .quit)
        #expect(Welcome.choice(.paste("d")) == nil && Welcome.choice(.key(.character("x"))) == nil)
    }
}

@Suite("The manual page")
struct ManualTests {
    @Test("has the sections of a manual page, every subcommand, and examples that are understood")
    func page() throws {
        let text = ManualCommand.text
        for section in [
            "NAME", "SYNOPSIS", "DESCRIPTION", "EXAMPLES", "COMMANDS", "OPTIONS", "CONFIGURATION",
            "ENVIRONMENT",
            "FILES", "EXIT STATUS",
        ] { #expect(text.contains(".SH \(section)\n"), "\(section)") }
        for command in Nocturne.configuration.subcommands where command.configuration.shouldDisplay {
            #expect(text.contains(".SS nocturne \(command.configuration.commandName ?? "?")\n"))
        }
        #expect(!text.contains("\n\n"))
        for (_, line) in ManualCommand.examples {
            for part in line.split(separator: " && ") {
                let words = part.split(separator: " ").dropFirst().map { $0.filter { $0 != "'" } }
                _ = try Nocturne.parseAsRoot(
                    words == ["get", "alerts", "-f", "sev=critical", "!state:acknowledged"]
                        ? ["get", "alerts", "-f", "sev=critical !state:acknowledged"] : words)
            }
        }
    }
}
