import type { ReactNode } from 'react';

function Icon({ children }: { readonly children: ReactNode }) {
  return (
    <svg
      width="20"
      height="20"
      viewBox="0 0 20 20"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.8"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      {children}
    </svg>
  );
}

export const SearchIcon = () => (
  <Icon>
    <circle cx="8.5" cy="8.5" r="5.5" />
    <path d="m13 13 4.5 4.5" />
  </Icon>
);

export const PinIcon = () => (
  <Icon>
    <path d="M10 18s6-5.5 6-10.2A6 6 0 0 0 4 7.8C4 12.5 10 18 10 18Z" />
    <circle cx="10" cy="8" r="2.2" />
  </Icon>
);

export const MenuIcon = ({ isOpen }: { readonly isOpen: boolean }) => (
  <Icon>
    <path d={isOpen ? 'M4 4l12 12M16 4 4 16' : 'M3 5h14M3 10h14M3 15h14'} />
  </Icon>
);

export const ArrowIcon = ({ isBack = false }: { readonly isBack?: boolean }) => (
  <Icon>
    <path d={isBack ? 'M12.5 4 6.5 10l6 6' : 'm7.5 4 6 6-6 6'} />
  </Icon>
);
