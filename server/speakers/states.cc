#include "server/speakers/states.h"

namespace quoth {
namespace {

struct State {
  std::string_view traditional;
  std::string_view postal;
  std::string_view name;
};

// Origin: written by hand for Quoth.
constexpr State kStates[] = {
    {"ala", "al", "alabama"},        {"alaska", "ak", "alaska"},
    {"ariz", "az", "arizona"},       {"ark", "ar", "arkansas"},
    {"calif", "ca", "california"},   {"colo", "co", "colorado"},
    {"conn", "ct", "connecticut"},   {"del", "de", "delaware"},
    {"fla", "fl", "florida"},        {"ga", "ga", "georgia"},
    {"hawaii", "hi", "hawaii"},      {"idaho", "id", "idaho"},
    {"ill", "il", "illinois"},       {"ind", "in", "indiana"},
    {"iowa", "ia", "iowa"},          {"kan", "ks", "kansas"},
    {"ky", "ky", "kentucky"},        {"la", "la", "louisiana"},
    {"maine", "me", "maine"},        {"md", "md", "maryland"},
    {"mass", "ma", "massachusetts"}, {"mich", "mi", "michigan"},
    {"minn", "mn", "minnesota"},     {"miss", "ms", "mississippi"},
    {"mo", "mo", "missouri"},        {"mont", "mt", "montana"},
    {"neb", "ne", "nebraska"},       {"nev", "nv", "nevada"},
    {"n.h", "nh", "new hampshire"},  {"n.j", "nj", "new jersey"},
    {"n.m", "nm", "new mexico"},     {"n.y", "ny", "new york"},
    {"n.c", "nc", "north carolina"}, {"n.d", "nd", "north dakota"},
    {"ohio", "oh", "ohio"},          {"okla", "ok", "oklahoma"},
    {"ore", "or", "oregon"},         {"pa", "pa", "pennsylvania"},
    {"r.i", "ri", "rhode island"},   {"s.c", "sc", "south carolina"},
    {"s.d", "sd", "south dakota"},   {"tenn", "tn", "tennessee"},
    {"texas", "tx", "texas"},        {"utah", "ut", "utah"},
    {"vt", "vt", "vermont"},         {"va", "va", "virginia"},
    {"wash", "wa", "washington"},    {"w.va", "wv", "west virginia"},
    {"wis", "wi", "wisconsin"},      {"wyo", "wy", "wyoming"},
};

}  // namespace

std::string_view StateOf(std::string_view abbreviation) {
  for (const State& state : kStates) {
    if (abbreviation == state.traditional || abbreviation == state.postal) {
      return state.name;
    }
  }
  return {};
}

std::string_view PartyOf(std::string_view letter) {
  if (letter == "r") return "republican";
  if (letter == "d") return "democrat";
  if (letter == "i") return "independent";
  return {};
}

}  // namespace quoth
