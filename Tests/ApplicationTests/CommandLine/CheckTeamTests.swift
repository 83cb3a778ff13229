import JSON
import RealServer
import Team
import Testing

@testable import Configuration
@testable import nocturne

@Suite(
    "nocturne check, with a team",
    .enabled(if: Postgres.programs != nil, "PostgreSQL is not installed: apt-get install postgresql"))
struct CheckTeamTests {
    private func findings(_ url: String, notices: [String] = []) -> [String] {
        TeamCheck(url: url, .success(TeamSettings(url: url)), notices: notices).findings.map {
            "\($0.verdict) \($0.subject): \($0.words)"
        }
    }

    @Test("it says whether the store can be used, and what the account does there")
    func store() throws {
        let postgres = try Postgres()
        let bare = findings(postgres.url(as: "postgres"))
        #expect(bare.count == 1 && bare.first?.hasPrefix("failed store: ") == true)
        #expect(bare.first?.contains("nocturne team init") == true)
        _ = try TeamAdministration(TeamSettings(url: postgres.url(as: "postgres"))).migrate()
        try postgres.sql("CREATE ROLE noc LOGIN IN ROLE nocturne_screens")
        try postgres.sql("CREATE ROLE wall LOGIN IN ROLE nocturne_wallboards")
        let noc = findings(postgres.url(as: "noc"), notices: ["sea: use a longer token"])
        #expect(noc.first?.hasPrefix("fine store: PostgreSQL ") == true)
        #expect(
            noc.dropFirst() == [
                "fine account: noc shares what it reads, records its commands and may claim rows",
                "warning sharing: sea: use a longer token",
            ])
        #expect(
            findings(postgres.url(as: "wall")).last
                == "fine account: wall only reads what others share, as for a wallboard: nothing of it is recorded"
        )
        // As an older migrate leaves it, and as a standby is.
        try postgres.sql("CREATE ROLE old LOGIN; GRANT nocturne_wallboards TO old")
        try postgres.sql("GRANT INSERT, UPDATE, DELETE ON nocturne.answers TO old")
        #expect(
            findings(postgres.url(as: "old")).last
                == "warning account: old may not record its commands, nor claim rows: run nocturne team migrate"
        )
        try postgres.sql("ALTER ROLE noc SET default_transaction_read_only = on")
        #expect(
            findings(postgres.url(as: "noc")).last
                == "warning account: noc reads; the database is read-only now, and takes nothing from anybody"
        )
        // Which words PostgreSQL has for an account that it does not know depends on its settings.
        #expect(findings(postgres.url(as: "nobody")).first?.hasPrefix("failed store: ") == true)
        try postgres.stop()
        #expect(findings(postgres.url(as: "noc")).first?.hasPrefix("failed store: ") == true)
    }

    @Test("without a team it says nothing, and a password that can't be had is why the store can't be used")
    func without() {
        let none = TeamCheck(url: "postgresql://db.example.net/n", nil)
        #expect(none.url == nil && none.findings.isEmpty && none.tree == .null && !none.hasFailed)
        let locked = TeamCheck(url: "postgresql://db.example.net/n", .failure(SecretError("no file /k")))
        #expect(locked.findings.map(\.words) == ["no file /k"] && locked.hasFailed)
    }
}
