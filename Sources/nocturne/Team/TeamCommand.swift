import ArgumentParser
import Configuration
import Domain
import History
import Team
import TeamHistory

/// Sets up and shows what a team shares.
struct TeamCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "team", abstract: "Set up or show the store in PostgreSQL that a team shares.",
        discussion: """
            Examples:
              nocturne team init --url postgresql://postgres@db.example.net/nocturne
              nocturne team status
              nocturne team migrate --url postgresql://postgres@db.example.net/nocturne

            With [team] in the configuration, all dashboards and wallboards that name the same store ask each \
            server once. docs/team.md says how to set it up, and what is stored for how long.

            Exit status: 0 fine, 1 usage, 2 the store can't be used.
            """,
        subcommands: [TeamInitCommand.self, TeamStatusCommand.self, TeamMigrateCommand.self])
}

/// Which store a command is about.
struct TeamOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The store, with libpq's own means for the password, instead of the one of the configuration.",
            valueName: "url"))
    var url: String?
    @Option(help: ArgumentHelp("The configuration file.", valueName: "file")) var config: String?

    func validate() throws {
        if let url, let words = TeamConfiguration.objection(to: url) {
            throw ValidationError(
                words.hasPrefix("url holds")
                    ? "--url holds a password: libpq takes it from "
                        + "PGPASSWORD or a password file" : "--\(words)")
        }
    }

    /// Connects to it.
    func connect() throws -> TeamAdministration {
        do { return try TeamAdministration(try settings()) } catch let error as TeamError {
            throw Failure(.backendFailed, "the team's store: \(error.words)")
        }
    }

    func settings() throws -> TeamSettings {
        if let url { return TeamSettings(url: url) }
        let directories = Directories(environment: Setup.environment)
        let path = config ?? directories.configurationFile
        let reading = Settings.read(path, adapters: AdapterRegistry.all, directories: directories)
        guard let team = reading.settings.team else {
            let complaint = reading.complaints.first { $0.weight == .error }?.description
            throw Failure(.usage, complaint ?? "\(path) has no [team]: give --url, or write one")
        }
        do {
            return try TeamSettings(team, withheld: SecretResolver.variables(of: reading.settings))
        } catch { throw Failure(.usage, error.words) }
    }
}

/// Makes the tables and roles of a store.
struct TeamInitCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init", abstract: "Make the tables and roles, as an owner of the database.",
        discussion: """
            Makes the schema nocturne and the roles nocturne_screens (they share what they read) and \
            nocturne_wallboards (they only read what is shared). Grant one of them to each account that \
            nocturne uses. What is there already stays.
            """)
    @OptionGroup var options: TeamOptions

    func run() throws { try TeamMigrateCommand.migrate(options, makes: true) }
}

/// Brings the tables of a store up to date.
struct TeamMigrateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "migrate", abstract: "Bring the tables up to date, as their owner.")
    @OptionGroup var options: TeamOptions

    func run() throws { try Self.migrate(options, makes: false) }

    static func migrate(_ options: TeamOptions, makes: Bool) throws {
        let store = try options.connect()
        do {
            if !makes, try store.version() == 0 {
                throw Failure(.usage, "the database has no tables of nocturne: run nocturne team init")
            }
            let (before, now) = try store.migrate()
            if before == now {
                Console.print(
                    "the tables are there, with version \(now); the rights of the roles were set again")
            } else {
                Console.print(
                    before == 0
                        ? "made the tables, version \(now)" : "brought the tables from \(before) to \(now)")
            }
            if makes {
                Console.print(
                    "next: CREATE ROLE noc LOGIN PASSWORD '…' IN ROLE nocturne_screens, "
                        + "and for wallboards one IN ROLE nocturne_wallboards")
            }
        } catch let error as TeamError {
            throw Failure(.backendFailed, "the team's store: \(error.words)")
        }
    }
}

/// Shows who is connected and what is shared.
struct TeamStatusCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Show who is connected, what was fetched by whom, hit rates, lag, and the history's size.")
    @OptionGroup var options: TeamOptions

    func run() throws {
        let store = try options.connect()
        let status: TeamAdministration.Status
        do throws(TeamError) { status = try store.status() } catch {
            throw Failure(.backendFailed, "the team's store: \(error.words)")
        }
        Console.print(TeamReport(status).text)
        let place = try options.settings()
        // What the account may not read is said, and fails nothing that was printed.
        do throws(HistoryError) {
            let facts = try PostgresHistory(
                place, sources: [], name: "status", retention: .init(), use: .reads,
                patience: 10, now: nil
            ).facts()
            Console.print("")
            for line in HistoryCare.lines(facts) { Console.print(line) }
        } catch { Console.complain(error.words) }
    }
}
