// swift-tools-version: 6.2
import PackageDescription

/// Every Swift target is built alike: Swift 6, warnings as errors, nothing imported by accident.
let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
]

/// For what neither stands between a key and the screen nor reads many rows: small rather than fast.
let small: [SwiftSetting] = [.unsafeFlags(["-Osize"], .when(configuration: .release))]

func module(
    _ name: String, _ dependencies: [Target.Dependency] = [], _ more: [SwiftSetting] = []
) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: strict + more)
}

func tests(
    _ name: String, _ dependencies: [Target.Dependency], resources: [Resource] = []
) -> Target {
    .testTarget(
        name: name, dependencies: dependencies, resources: resources, swiftSettings: strict)
}

let argumentParser = Target.Dependency.product(
    name: "ArgumentParser", package: "swift-argument-parser")

/// Builds some test targets alone, and what they need: NOCTURNE_TESTS=FilterTests,DomainTests swift test.
let onlyTests = Context.environment["NOCTURNE_TESTS"].map { $0.split(separator: ",").map(String.init) }

/// What `make build` has linked in place of Foundation, see Scripts/Linking; nothing in any other build.
let standIn = [Context.environment["NOCTURNE_STAND_IN"] ?? ""].filter { !$0.isEmpty }

let package = Package(
    name: "nocturne",
    products: [
        .executable(name: "nocturne", targets: ["nocturne"]),
        // For the package in Benchmarks.
        .library(name: "Domain", targets: ["Domain"]),
        .library(name: "Filter", targets: ["Filter"]),
        .library(name: "Links", targets: ["Links"]),
        .library(name: "History", targets: ["History"]),
        .library(name: "TeamHistory", targets: ["Team", "TeamHistory"]),
        .library(
            name: "Screen",
            targets: ["CLinux", "Canvas", "CursesTerminal", "Dashboard", "Domain", "Filter", "Presets"]),
        .library(
            name: "Whole",
            targets: [
                "AdapterKit", "Audit", "BondingAdapter", "CLinux", "Canvas", "Configuration", "CurlTransport",
                "CursesTerminal", "Dashboard", "Domain", "HTTP", "KrillAdapter", "LibreNMSAdapter", "Presets",
                "Runtime", "Simulator", "Wallboard",
            ]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2")
    ],
    targets: [
        // What the operator works with, as values.
        module("Domain"),
        module("Filter", ["Domain", "CPCRE2"]),
        module("Links", ["Domain"]),

        // The application as a pure function, and drawing without a terminal.
        module("Canvas"),
        module("Dashboard", ["Domain", "Filter", "Canvas", "Links"]),
        module("Wallboard", ["Dashboard", "Domain", "Filter", "Canvas"], small),

        // Speaking with servers.
        module("HTTP"),
        module("JSON", ["CSimdJSON"]),
        module("AdapterKit", ["Domain", "HTTP", "JSON"], small),
        module("LibreNMSAdapter", ["AdapterKit", "Domain", "HTTP", "JSON"], small),
        module("BondingAdapter", ["AdapterKit", "Domain", "HTTP", "JSON"], small),
        module("KrillAdapter", ["AdapterKit", "Domain", "HTTP", "JSON"], small),
        module("DeclaredAdapter", ["AdapterKit", "Domain", "HTTP", "JSON"], small),
        module("CurlTransport", ["HTTP", "CCurl"]),
        module("Audit", ["Domain", "HTTP", "JSON", "CLinux"], small),
        module("History", ["Domain", "CSQLite", "CLinux"], small),
        module("Team", ["AdapterKit", "HTTP", "JSON", "CPQ", "CLinux"], small),
        module("TeamHistory", ["AdapterKit", "Domain", "HTTP", "History", "Team", "CLinux"], small),

        // The terminal, the loop, the files.
        module("CursesTerminal", ["Canvas", "CNcurses"]),
        module("PNG", ["Canvas", "CPNG"], small),
        module(
            "Runtime",
            [
                "Dashboard", "AdapterKit", "Audit", "Canvas", "Domain", "Filter", "HTTP", "History", "JSON",
                "Links", "PNG", "CLinux",
            ],
            small),
        module("TOML", ["CTOML"], small),
        module(
            "Configuration",
            [
                "AdapterKit", "Canvas", "Dashboard", "DeclaredAdapter", "Domain", "Filter", "HTTP", "JSON",
                "TOML",
                "CLinux", "Wallboard",
            ],
            small),
        .target(
            name: "Presets",
            resources: [.embedInCode("themes"), .embedInCode("keymaps"), .embedInCode("adapters")],
            swiftSettings: strict),

        // Servers to try everything against.
        // Small rather than fast: it is carried along in the binary for `--demo`.
        module("Simulator", ["Domain", "HTTP", "JSON", "CHTTPServer"], small),

        .executableTarget(
            name: "nocturne",
            dependencies: [
                argumentParser, "AdapterKit", "Audit", "CLinux", "Canvas", "Configuration", "CurlTransport",
                "BondingAdapter", "CursesTerminal", "Dashboard", "DeclaredAdapter", "Domain", "Filter",
                "HTTP", "History", "JSON",
                "KrillAdapter", "LibreNMSAdapter", "Links", "Presets", "Runtime",
                "Simulator", "Team", "TeamHistory", "Wallboard",
            ],
            swiftSettings: strict + small, linkerSettings: standIn.map { .unsafeFlags([$0]) }),

        // C and C++ behind narrow shims; no type of theirs leaves the one Swift target above them.
        .target(name: "CNcurses"),
        .target(name: "CLoading"),
        .target(name: "CCurl", dependencies: ["CLoading"]),
        .target(name: "CLinux"),
        .target(name: "CSimdJSON"),
        .target(name: "CPCRE2"),
        .target(name: "CPNG"),
        .target(name: "CSQLite"),
        .target(name: "CPQ", dependencies: ["CLoading"]),
        .target(name: "CHTTPServer", dependencies: ["CLoading"]),
        .target(name: "CTOML", cxxSettings: [.unsafeFlags(["-Os"], .when(configuration: .release))]),

        tests("DomainTests", ["Domain"]),
        tests("FilterTests", ["Filter", "Domain"]),
        tests("LinksTests", ["Links", "Domain"]),
        tests("CanvasTests", ["Canvas"]),
        // A small provider with its servers, and a desk to try a dashboard on.
        .target(
            name: "DashboardSupport", dependencies: ["Dashboard", "Domain", "Filter", "Canvas"],
            path: "Tests/DashboardSupport", swiftSettings: strict),
        .testTarget(
            name: "DashboardTests",
            dependencies: ["Dashboard", "DashboardSupport", "Domain", "Filter", "Canvas"],
            exclude: ["Golden"], swiftSettings: strict),
        .testTarget(
            name: "WallboardTests",
            dependencies: ["Wallboard", "Dashboard", "DashboardSupport", "Domain", "Filter", "Canvas"],
            exclude: ["Golden"], swiftSettings: strict),
        tests("CLinuxTests", ["CLinux"]),
        // Texts in JSON that confuse, right and broken.
        .target(name: "RandomJSON", path: "Tests/RandomJSON", swiftSettings: strict),
        tests("JSONTests", ["JSON", "RandomJSON"]),
        // A scripted server on loopback, for every test that needs one that misbehaves.
        .target(name: "RawServer", path: "Tests/RawServer", swiftSettings: strict),
        // Programs that speak real APIs, for tests where they are installed.
        .target(name: "RealServer", path: "Tests/RealServer", swiftSettings: strict),
        tests("TransportTests", ["CurlTransport", "HTTP", "JSON", "RandomJSON", "RawServer"]),
        // What every adapter owes, as checks that each adapter's tests run.
        .target(
            name: "AdapterContract", dependencies: ["AdapterKit", "Dashboard", "Domain", "HTTP", "JSON"],
            path: "Tests/AdapterContract", swiftSettings: strict),
        tests(
            "LibreNMSAdapterTests",
            [
                "LibreNMSAdapter", "AdapterContract", "AdapterKit", "CurlTransport", "Simulator", "Domain",
                "HTTP", "JSON",
            ],
            resources: [.copy("Recordings")]),
        tests(
            "BondingAdapterTests",
            [
                "BondingAdapter", "AdapterContract", "AdapterKit", "CurlTransport", "RawServer", "Simulator",
                "Domain", "HTTP", "JSON",
            ]),
        tests(
            "KrillAdapterTests",
            [
                "KrillAdapter", "AdapterContract", "AdapterKit", "CurlTransport", "Dashboard", "Simulator",
                "Domain", "HTTP", "JSON",
            ]),
        tests(
            "DeclaredAdapterTests",
            [
                "nocturne", "DeclaredAdapter", "AdapterContract", "AdapterKit", "Configuration",
                "CurlTransport", "Presets", "Domain", "HTTP", "JSON", "RealServer",
            ]),
        // All catalogues of the adapters against their documents and servers.
        tests(
            "CatalogueTests",
            [
                "LibreNMSAdapter", "BondingAdapter", "KrillAdapter", "AdapterContract", "AdapterKit",
                "CurlTransport", "Simulator", "Domain", "HTTP", "JSON",
            ]),
        tests("PNGTests", ["PNG", "Canvas"]),
        // A program that tests kill while it writes.
        .executableTarget(
            name: "HistoryWriter", dependencies: ["Domain", "History", "Team", "TeamHistory"],
            path: "Tests/HistoryWriter",
            swiftSettings: strict),
        tests(
            "HistoryTests",
            ["History", "AdapterKit", "Domain", "HistoryWriter", "RealServer", "Team", "TeamHistory"]),
        // A program of a team that tests kill while it fetches.
        .executableTarget(
            name: "TeamFetcher",
            dependencies: ["Team", "AdapterKit", "CurlTransport", "HTTP", "LibreNMSAdapter"],
            path: "Tests/TeamFetcher", swiftSettings: strict),
        tests(
            "TeamTests",
            [
                "nocturne", "Team", "TeamFetcher", "AdapterKit", "Audit", "BondingAdapter", "CLinux",
                "CurlTransport", "Dashboard", "Domain", "HTTP", "JSON", "KrillAdapter", "LibreNMSAdapter",
                "RealServer", "Runtime", "Simulator",
            ]),
        tests("AuditTests", ["Audit", "Domain", "HTTP"]),
        tests("AdapterKitTests", ["AdapterKit", "Domain", "HTTP", "JSON"]),
        tests(
            "RuntimeTests",
            ["Runtime", "AdapterKit", "Audit", "Dashboard", "Domain", "Filter", "HTTP", "History"]),
        tests(
            "ConfigurationTests",
            [
                "Configuration", "AdapterKit", "Canvas", "Dashboard", "Domain", "Filter", "HTTP", "Links",
                "Presets", "TOML", "Wallboard",
            ]),
        tests("CursesTerminalTests", ["CursesTerminal", "Canvas", "CNcurses", "CLinux"]),
        tests("SimulatorTests", ["Simulator", "HTTP"], resources: [.copy("Recordings")]),
        // The whole application on a terminal in memory, against servers on loopback.
        tests(
            "ApplicationTests",
            [
                "nocturne", argumentParser, "AdapterKit", "Audit", "BondingAdapter", "CLinux", "Canvas",
                "Configuration", "CurlTransport",
                "Dashboard", "Domain", "Filter", "HTTP", "History", "JSON", "KrillAdapter", "LibreNMSAdapter",
                "Presets", "RawServer", "RealServer",
                "Runtime", "Simulator", "Team", "TeamHistory", "Wallboard",
            ]),
        // The built binary in a real terminal.
        tests("EndToEndTests", ["nocturne", "CLinux", "RealServer"]),
    ],
    cxxLanguageStandard: .cxx17
)

if let onlyTests {
    var wanted: Set<String> = []
    func want(_ name: String) {
        guard wanted.insert(name).inserted else { return }
        for dependency in package.targets.first(where: { $0.name == name })?.dependencies ?? [] {
            if case .byNameItem(let name, _) = dependency { want(name) }
        }
    }
    onlyTests.forEach(want)
    package.targets.removeAll { !wanted.contains($0.name) }
    package.products.removeAll()
}
