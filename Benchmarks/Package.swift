// swift-tools-version: 6.2
import PackageDescription

/// Measures what 100,000 rows cost, inside and beside a table in C, with `make bench`, and what a wallboard costs in a
/// day, with `make soak`; counts instructions, with `make counts`.
///
/// A package of its own, so that the product's build never pays for it.
let package = Package(
    name: "Benchmarks",
    dependencies: [.package(name: "nocturne", path: "..")],
    targets: [
        .executableTarget(
            name: "Bench",
            dependencies: [
                .product(name: "Domain", package: "nocturne"), .product(name: "Filter", package: "nocturne"),
                .product(name: "Links", package: "nocturne"), .product(name: "History", package: "nocturne"),
                .product(name: "Whole", package: "nocturne"),
                .product(name: "TeamHistory", package: "nocturne"),
            ],
            swiftSettings: [.swiftLanguageMode(.v6), .treatAllWarnings(as: .error)]),
        .executableTarget(
            name: "Soak", dependencies: ["Pty", .product(name: "Whole", package: "nocturne")],
            swiftSettings: [.swiftLanguageMode(.v6), .treatAllWarnings(as: .error)]),
        .executableTarget(
            name: "Counts",
            dependencies: ["Pty", "CCallgrind", .product(name: "Screen", package: "nocturne")],
            swiftSettings: [.swiftLanguageMode(.v6), .treatAllWarnings(as: .error)]),
        .executableTarget(
            name: "Keys",
            dependencies: ["Pty", "Baseline", .product(name: "Screen", package: "nocturne")],
            swiftSettings: [.swiftLanguageMode(.v6), .treatAllWarnings(as: .error)]),
        // The least that a table costs, in C.
        .executableTarget(
            name: "Baseline", linkerSettings: [.linkedLibrary("ncursesw"), .linkedLibrary("tinfo")]),
        .target(
            name: "Pty", dependencies: [.product(name: "Screen", package: "nocturne")],
            swiftSettings: [.swiftLanguageMode(.v6), .treatAllWarnings(as: .error)]),
        .target(name: "CCallgrind"),
    ]
)
