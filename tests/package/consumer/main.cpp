#include "pes/pes_aller.hpp"

#include <iostream>

int main(int, char** argv) {
  const pes::PesAller flow = pes::read_pes_aller(argv[1]);
  std::cout << flow.nom_fic << ' ' << flow.bordereaux.size() << '\n';
}
